-- One row per week (its Monday) and product: contacts customers made about $reason, in the weeks given.
select
    cast(date_trunc('week', day) as date) as week,
    product,
    sum(made_by_customers) as contacts
from daily
where
    day between $first_day and $last_day
    and reason::varchar = $reason
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by date_trunc('week', day), product
order by week, product
