-- One row per month and reason (the largest 60 and other): mature contacts, those that came back, issues and those of
-- one contact, at the workspace's window.
select
    month,
    reason::varchar as reason,
    sum(eligible_mature) as eligible_mature,
    sum(has_repeat) as has_repeat,
    sum(issues) as issues,
    sum(single_issues) as single_issues
from groups_reason
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by month, reason
order by groups_reason.month, groups_reason.reason
