-- One row per month of the period (counted from the data's first month): customers whose first contact of the period it is.
with wanted as (
    select
        unnest($blocks::utinyint[]) as block,
        unnest($masks::ubigint[]) as mask
),

first_months as (
    select
        customer_reasons.customer_number,
        min(
            customer_reasons.block * 64 + instr(reverse(bin(customer_reasons.months & wanted.mask)), '1') - 1
        ) as month_number
    from customer_reasons
    inner join wanted on customer_reasons.block = wanted.block
    where (customer_reasons.months & wanted.mask) <> 0
    group by customer_reasons.customer_number
)

select
    month_number,
    count(*) as customers
from first_months
group by month_number
order by month_number
