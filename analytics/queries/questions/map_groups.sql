-- One row per replicate group, product, reason (the largest 60 and other) and root cause (null unless asked for):
-- intervals of the demand map.
select
    product,
    reason,
    case when $by_cause then cause end as cause,
    replicate_group,
    sum(contacts) as contacts,
    sum(handle_seconds) as handle_seconds
from groups_cause
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by all
order by all
