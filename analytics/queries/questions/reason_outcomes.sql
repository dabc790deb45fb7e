-- One row per reason (the largest 60 and other) and replicate group: mature contacts, issues, issues of one contact and
-- contacts handed on, of the selection.
select
    reason::varchar as reason,
    replicate_group,
    sum(contacts) as contacts,
    sum(eligible_mature) as eligible_mature,
    sum(issues) as issues,
    sum(single_issues) as single_issues,
    sum(transferred) as transferred,
    sum(transfers_known) as transfers_known
from groups_reason
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by reason, replicate_group
order by groups_reason.reason, groups_reason.replicate_group
