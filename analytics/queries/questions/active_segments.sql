-- One row per month and segment: active customers of the selection.
select
    month,
    coalesce(segment::varchar, 'not given') as segment,
    sum(customers) as customers
from active
where
    month between $first_month and $last_month
    and (
        len($segments::varchar[]) = 0
        or list_contains($segments::varchar[], coalesce(segment::varchar, 'not given'))
    )
    and (
        len($products::varchar[]) = 0
        or list_contains($products::varchar[], coalesce(product::varchar, 'not given'))
        or not exists (
            select 1 from active as known where coalesce(known.product::varchar, 'not given') <> 'not given'
        )
    )
group by month, segment
order by month, segment
