-- One row per month, segment, product, reason (top 60, else 'other'), root cause and replicate group, for intervals.
-- has_repeat counts mature contacts only; is_repeat only contacts at least $window_days days after the data's start
-- (eligible_observed is its denominator); issues are those whose first contact is mature, single_issues had no repeat.
select
    month,
    segment,
    product,
    reason_groups.reason_group as reason,
    root_cause as cause,
    replicate_group,
    count(*) as contacts,
    count(*) filter (where initiated_by <> 'company' and not is_transfer_leg) as made_by_customers,
    cast(coalesce(sum(handle_seconds), 0) as bigint) as handle_seconds,
    count(*) filter (where resolved) as resolved,
    count(resolved) as resolved_known,
    count(*) filter (where is_eligible and is_mature) as eligible_mature,
    count(*) filter (where has_repeat and is_mature) as has_repeat,
    count(*) filter (where is_eligible and days_from_start >= $window_days) as eligible_observed,
    count(*) filter (where is_repeat and days_from_start >= $window_days) as is_repeat,
    count(*) filter (where starts_issue and is_mature) as issues,
    count(*) filter (where starts_issue and is_mature and not has_repeat) as single_issues,
    count(*) filter (where transfers > 0) as transferred,
    count(transfers) as transfers_known,
    count(*) filter (where activities > 0) as value_enhanced,
    count(activities) as value_known
from contacts
inner join reason_groups on contacts.reason = reason_groups.reason
group by month, segment, product, reason_groups.reason_group, root_cause, replicate_group
order by reason, month
