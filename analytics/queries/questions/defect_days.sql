-- One row per product and day on which there was one: contacts customers made because of a defect.
select
    product::varchar as product,
    day,
    sum(defects) as contacts
from daily
where
    day between $first_day and $last_day
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by product, day
having sum(defects) > 0
order by daily.product, day
