-- One row per month, segment, product and replicate group: groups_reason rolled up.
select
    month,
    segment,
    product,
    replicate_group,
    cast(sum(contacts) as bigint) as contacts,
    cast(sum(made_by_customers) as bigint) as made_by_customers,
    cast(sum(handle_seconds) as bigint) as handle_seconds,
    cast(sum(resolved) as bigint) as resolved,
    cast(sum(resolved_known) as bigint) as resolved_known,
    cast(sum(eligible_mature) as bigint) as eligible_mature,
    cast(sum(has_repeat) as bigint) as has_repeat,
    cast(sum(eligible_observed) as bigint) as eligible_observed,
    cast(sum(is_repeat) as bigint) as is_repeat,
    cast(sum(issues) as bigint) as issues,
    cast(sum(single_issues) as bigint) as single_issues,
    cast(sum(transferred) as bigint) as transferred,
    cast(sum(transfers_known) as bigint) as transfers_known,
    cast(sum(value_enhanced) as bigint) as value_enhanced,
    cast(sum(value_known) as bigint) as value_known
from groups_reason
group by month, segment, product, replicate_group
order by month
