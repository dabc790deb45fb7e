-- One row per month: active customers of the selection; the product filter counts only where customers are known by product.
select
    month,
    sum(customers) as customers
from active
where
    month between $first_month and $last_month
    and (
        len($segments::varchar[]) = 0
        or coalesce(segment::varchar, 'not given') in (select unnest($segments::varchar[]))
    )
    and (
        len($products::varchar[]) = 0
        or coalesce(product::varchar, 'not given') in (select unnest($products::varchar[]))
        or not exists (
            select 1 from active as known where coalesce(known.product::varchar, 'not given') <> 'not given'
        )
    )
group by month
order by month
