-- One row per product, reason, root cause (null unless asked for) and channel: contacts and handled time; the demand map.
select
    product,
    reason,
    case when $by_cause then cause end as cause,
    channel,
    sum(contacts) as contacts,
    sum(handle_seconds) as handle_seconds,
    sum(handle_known) as handle_known,
    sum(not_handled) as not_handled,
    sum(given_cost) as given_cost
from demand
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by all
order by all
