-- One row per month, reason, root cause, channel and repeat flag: contacts and handled time, unfiltered; the ledger of the what-if.
select
    month,
    reason,
    cause,
    channel,
    is_repeat,
    sum(contacts) as contacts,
    sum(handle_seconds) as handle_seconds,
    sum(handle_seconds_squared) as handle_seconds_squared,
    sum(handle_known) as handle_known,
    sum(not_handled) as not_handled,
    sum(given_cost) as given_cost,
    sum(cost_known) as cost_known
from demand
where month between $first_month and $last_month
group by month, reason, cause, channel, is_repeat
order by demand.month, demand.reason, demand.cause, demand.channel, demand.is_repeat
