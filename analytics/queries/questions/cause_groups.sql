-- One row per replicate group, reason (the largest 60 and other) and root cause: the basis of intervals of cost by cause.
select
    replicate_group,
    reason,
    cause,
    sum(contacts) as contacts,
    sum(handle_seconds) as handle_seconds
from groups_cause
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by replicate_group, reason, cause
order by groups_cause.replicate_group, groups_cause.reason, groups_cause.cause
