-- One row per month (months since the data's first month): customers whose first contact of the period it is.
-- $masks holds the wanted months as the customer cube does: bit m of its element b + 1 is month 64 * b + m of the data.
with wanted_months as (
    select
        customer_number,
        block,
        months & coalesce(list_extract($masks::ubigint[], block + 1), 0)::ubigint as months
    from customer_reasons
),

first_months as (
    select
        customer_number,
        min(block * 64 + bit_count(xor(months, months - 1)) - 1) as month_number
    from wanted_months
    where months <> 0
    group by customer_number
)

select
    month_number,
    count(*) as customers
from first_months
group by month_number
order by month_number
