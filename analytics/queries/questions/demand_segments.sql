-- One row per month and segment: contacts of the selection.
select
    month,
    segment::varchar as segment,
    sum(contacts) as contacts
from demand_reason_channel
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by month, segment
order by month, segment
