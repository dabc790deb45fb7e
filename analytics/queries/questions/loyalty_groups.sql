-- One row per cell of comparable customers and replicate group, for the products chosen and every month, in any order:
-- customers at their index contact, and how many of them stayed the 12 months after.
select
    cell,
    replicate_group,
    sum(customers)::bigint as customers,
    sum(stayed)::bigint as stayed
from loyalty_index
where len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar)
group by cell, replicate_group
