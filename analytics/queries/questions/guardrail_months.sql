-- One row per month and reason: sums behind waiting, abandonment, handle time and transfers, of the selection.
select
    month,
    reason::varchar as reason,
    sum(contacts) as contacts,
    sum(handle_seconds) as handle_seconds,
    sum(handle_seconds_squared) as handle_seconds_squared,
    sum(handle_known) as handle_known,
    sum(wait_seconds) as wait_seconds,
    sum(wait_known) as wait_known,
    sum(abandoned) as abandoned,
    sum(abandoned_known) as abandoned_known
from demand_reason_channel
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by month, reason
order by demand_reason_channel.month, demand_reason_channel.reason
