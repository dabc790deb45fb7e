-- One row per month and channel: contacts, handled time and given cost, the basis of every cost by month.
select
    month,
    channel::varchar as channel,
    sum(contacts) as contacts,
    sum(handle_seconds) as handle_seconds,
    sum(handle_known) as handle_known,
    sum(not_handled) as not_handled,
    sum(given_cost) as given_cost,
    sum(cost_known) as cost_known,
    sum(value_enhanced) as value_enhanced,
    sum(value_known) as value_known
from demand_reason_channel
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by month, channel
order by demand_reason_channel.month, demand_reason_channel.channel
