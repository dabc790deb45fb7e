-- One row per month, segment, product, reason, root cause, channel, repeat flag and policy, of contacts that name one:
-- the cells of demand divided by policy. Contacts without a policy are the rest of their cell in demand.
select
    month,
    segment,
    product,
    reason,
    root_cause as cause,
    channel,
    is_repeat,
    policy,
    count(*) as contacts,
    cast(coalesce(sum(handle_seconds), 0) as bigint) as handle_seconds,
    count(handle_seconds) filter (where handle_seconds > 0 or not coalesce(abandoned, false)) as handle_known,
    count(*) filter (where abandoned and coalesce(handle_seconds, 0) = 0) as not_handled,
    cast(coalesce(sum(cost), 0) as double) as given_cost,
    count(cost) as cost_known
from contacts
where cast(policy as varchar) <> 'not given'
group by month, segment, product, reason, root_cause, channel, is_repeat, policy
order by month, policy
