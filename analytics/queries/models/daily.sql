-- One row per local day, segment, product and reason (top 60, else 'other').
-- has_repeat counts mature contacts only, at the workspace's window; made_by_customers leaves out what the company
-- started and the legs of a transferred contact, defects are those of them with a defect as root cause.
select
    cast(local_at as date) as day,
    segment,
    product,
    reason_groups.reason_group as reason,
    count(*) as contacts,
    count(*) filter (where initiated_by <> 'company' and not is_transfer_leg) as made_by_customers,
    count(*) filter (where initiated_by <> 'company' and not is_transfer_leg and root_cause = 'defect') as defects,
    cast(coalesce(sum(handle_seconds), 0) as bigint) as handle_seconds,
    count(*) filter (where has_repeat and is_mature) as has_repeat,
    count(*) filter (where is_eligible and is_mature) as eligible_mature
from contacts
inner join reason_groups on contacts.reason = reason_groups.reason
group by cast(local_at as date), segment, product, reason_groups.reason_group
order by day
