-- One row per month, segment, product, channel and replicate group: the sums of groups_total by channel.
select
    month,
    segment,
    product,
    channel,
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
group by month, segment, product, channel, replicate_group
order by month, channel
