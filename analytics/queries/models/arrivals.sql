-- One row per channel, reason (top 60, else 'other') and local half-hour of the week: 0 = Monday 00:00, 335 = Sunday
-- 23:30.
select
    channel,
    reason_groups.reason_group as reason,
    cast(
        (extract(isodow from local_at) - 1) * 48 + extract(hour from local_at) * 2 + extract(minute from local_at) // 30
        as smallint
    ) as half_hour,
    count(*) as contacts,
    cast(coalesce(sum(handle_seconds), 0) as bigint) as handle_seconds
from contacts
inner join reason_groups on contacts.reason = reason_groups.reason
group by channel, reason_groups.reason_group, half_hour
order by channel, reason, half_hour
