-- One row per month, segment, product, reason and channel: the sums of demand, rolled up.
select
    month,
    segment,
    product,
    reason,
    channel,
    cast(sum(contacts) as bigint) as contacts,
    cast(sum(made_by_customers) as bigint) as made_by_customers,
    cast(sum(identified) as bigint) as identified,
    cast(sum(handle_seconds) as bigint) as handle_seconds,
    cast(sum(handle_seconds_squared) as bigint) as handle_seconds_squared,
    cast(sum(handle_known) as bigint) as handle_known,
    cast(sum(not_handled) as bigint) as not_handled,
    cast(sum(wait_seconds) as bigint) as wait_seconds,
    cast(sum(wait_known) as bigint) as wait_known,
    cast(sum(abandoned) as bigint) as abandoned,
    cast(sum(abandoned_known) as bigint) as abandoned_known,
    cast(sum(resolved) as bigint) as resolved,
    cast(sum(resolved_known) as bigint) as resolved_known,
    cast(sum(transfers) as bigint) as transfers,
    cast(sum(transfers_known) as bigint) as transfers_known,
    cast(sum(transferred) as bigint) as transferred,
    cast(sum(repeated_information) as bigint) as repeated_information,
    cast(sum(repeated_known) as bigint) as repeated_known,
    cast(sum(value_enhanced) as bigint) as value_enhanced,
    cast(sum(value_known) as bigint) as value_known,
    cast(sum(given_cost) as double) as given_cost,
    cast(sum(cost_known) as bigint) as cost_known
from demand
group by month, segment, product, reason, channel
order by month, reason
