-- One row per channel: contacts, handled time and given cost of the months costs are reconciled over, unfiltered.
select
    channel::varchar as channel,
    sum(contacts) as contacts,
    sum(handle_seconds) as handle_seconds,
    sum(handle_known) as handle_known,
    sum(not_handled) as not_handled,
    sum(given_cost) as given_cost,
    sum(cost_known) as cost_known
from demand_reason_channel
where month between $first_month and $last_month
group by channel
order by channel
