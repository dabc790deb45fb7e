-- One row per local day, segment, product and reason (top 60, else 'other').
-- has_repeat counts mature contacts only, at the workspace's window.
select
    cast(local_at as date) as day,
    segment,
    product,
    cast(reason_groups.reason_group as varchar) as reason,
    count(*) as contacts,
    cast(coalesce(sum(handle_seconds), 0) as bigint) as handle_seconds,
    count(*) filter (where has_repeat and is_mature) as has_repeat,
    count(*) filter (where is_eligible and is_mature) as eligible_mature
from contacts
inner join reason_groups on contacts.reason = reason_groups.reason
group by cast(local_at as date), segment, product, reason_groups.reason_group
order by day
