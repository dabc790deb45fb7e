-- One row per month and replicate group: contacts and outcomes of the selection; the basis of intervals by month.
select
    month,
    replicate_group,
    sum(contacts) as contacts,
    sum(made_by_customers) as made_by_customers,
    sum(handle_seconds) as handle_seconds,
    sum(resolved) as resolved,
    sum(resolved_known) as resolved_known,
    sum(eligible_mature) as eligible_mature,
    sum(has_repeat) as has_repeat,
    sum(is_repeat) as is_repeat,
    sum(issues) as issues,
    sum(single_issues) as single_issues,
    sum(transferred) as transferred,
    sum(transfers_known) as transfers_known,
    sum(value_enhanced) as value_enhanced,
    sum(value_known) as value_known
from groups_total
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by month, replicate_group
order by month, replicate_group
