-- One row per event that may explain demand, between two days (an event without an end ends on its first day).
select
    "at" as started_on,
    coalesce(until, "at") as ended_on,
    coalesce(kind, 'event') as kind,
    name,
    coalesce(product, '') as product
from events
where "at" <= $last_day and coalesce(until, "at") >= $first_day
order by "at", name
