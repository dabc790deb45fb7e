-- One row per reason, and one for all together (reason NULL): different customers with a contact in the period.
-- $masks holds the wanted months as the customer cube does: bit m of its element b + 1 is month 64 * b + m of the data.
with customers_of_reason as (
    select
        reason,
        bitstring_agg(customer_number, 0, $highest) as numbers
    from customer_reasons
    where
        (months & coalesce(list_extract($masks::ubigint[], block + 1), 0)::ubigint) <> 0
        and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
        and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
    group by reason
)

select
    reason::varchar as reason,
    bit_count(numbers) as customers
from customers_of_reason
union all
select
    null as reason,
    bit_count(bit_or(numbers)) as customers
from customers_of_reason
