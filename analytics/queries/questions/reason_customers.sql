-- One row per reason, and one for all together (reason NULL): different customers with a contact in the period.
-- $blocks and $masks name the months as the customer cube does: bit m of block b is month 64 * b + m of the data.
with wanted as (
    select
        unnest($blocks::utinyint[]) as block,
        unnest($masks::ubigint[]) as mask
)
select
    reason::varchar as reason,
    bit_count(bitstring_agg(customer_number, 0, $highest)) as customers
from customer_reasons
inner join wanted on customer_reasons.block = wanted.block
where
    (customer_reasons.months & wanted.mask) <> 0
    and (len($segments::varchar[]) = 0 or segment::varchar in (select unnest($segments::varchar[])))
    and (len($products::varchar[]) = 0 or product::varchar in (select unnest($products::varchar[])))
group by grouping sets ((reason), ())
order by reason
