-- One row per reason, root cause, channel, repeat flag, segment, product and policy: contacts of the period, for scopes.
-- Contacts with a policy are few and have cells of their own; those without one are the rest of the cell in demand.
with held as (
    select
        reason,
        cause,
        channel,
        is_repeat,
        segment,
        product,
        policy::varchar as policy,
        sum(contacts) as contacts,
        sum(handle_seconds) as handle_seconds,
        sum(handle_known) as handle_known,
        sum(not_handled) as not_handled,
        sum(given_cost) as given_cost,
        sum(cost_known) as cost_known
    from policy_cells
    where
        month between $first_month and $last_month
        and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
        and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
    group by reason, cause, channel, is_repeat, segment, product, policy_cells.policy
),

cells as (
    select
        reason,
        cause,
        channel,
        is_repeat,
        segment,
        product,
        policy,
        contacts,
        handle_seconds,
        handle_known,
        not_handled,
        given_cost,
        cost_known
    from held
    union all
    select
        reason,
        cause,
        channel,
        is_repeat,
        segment,
        product,
        'not given' as policy,
        -sum(contacts) as contacts,
        -sum(handle_seconds) as handle_seconds,
        -sum(handle_known) as handle_known,
        -sum(not_handled) as not_handled,
        -sum(given_cost) as given_cost,
        -sum(cost_known) as cost_known
    from held
    group by reason, cause, channel, is_repeat, segment, product
    union all
    select
        reason,
        cause,
        channel,
        is_repeat,
        segment,
        product,
        'not given' as policy,
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
)

select
    reason,
    cause,
    channel,
    is_repeat,
    segment,
    product,
    policy,
    sum(contacts) as contacts,
    sum(handle_seconds) as handle_seconds,
    sum(handle_known) as handle_known,
    sum(not_handled) as not_handled,
    case when sum(cost_known) > 0 then sum(given_cost) else 0 end as given_cost,
    sum(cost_known) as cost_known
from cells
group by reason, cause, channel, is_repeat, segment, product, policy
having sum(contacts) > 0
order by cells.reason, cells.cause, cells.channel, cells.is_repeat, cells.segment, cells.product, cells.policy
