-- One row per reason, root cause, channel, repeat flag, segment and product: contacts of the period, for initiatives' scopes.
select
    reason,
    cause,
    channel,
    is_repeat,
    segment,
    product,
    sum(contacts) as contacts,
    sum(handle_seconds) as handle_seconds,
    sum(handle_known) as handle_known,
    sum(not_handled) as not_handled,
    sum(given_cost) as given_cost,
    sum(cost_known) as cost_known
from demand
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by reason, cause, channel, is_repeat, segment, product
order by demand.reason, demand.cause, demand.channel, demand.is_repeat, demand.segment, demand.product
