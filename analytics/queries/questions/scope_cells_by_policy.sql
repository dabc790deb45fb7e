-- One row per reason, root cause, channel, repeat flag, segment, product and policy: contacts of the period, for scopes.
select
    reason::varchar as reason,
    root_cause::varchar as cause,
    channel::varchar as channel,
    is_repeat,
    segment::varchar as segment,
    product::varchar as product,
    policy::varchar as policy,
    count(*) as contacts,
    coalesce(sum(handle_seconds), 0) as handle_seconds,
    count(handle_seconds) filter (where handle_seconds > 0 or not coalesce(abandoned, false)) as handle_known,
    count(*) filter (where abandoned and coalesce(handle_seconds, 0) = 0) as not_handled,
    coalesce(sum(cost), 0)::double as given_cost,
    count(cost) as cost_known
from contacts
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or segment::varchar in (select unnest($segments::varchar[])))
    and (len($products::varchar[]) = 0 or product::varchar in (select unnest($products::varchar[])))
group by reason, root_cause, channel, is_repeat, segment, product, policy
order by
    contacts.reason,
    contacts.root_cause,
    contacts.channel,
    contacts.is_repeat,
    contacts.segment,
    contacts.product,
    contacts.policy
