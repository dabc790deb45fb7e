-- One row per reason (top 60, else 'other'), channel and replicate group: eligible mature contacts with a handle time,
-- those that came back within the window, and the sums of log handle time that a slope within reason and channel needs.
select
    reason_groups.reason_group as reason,
    channel,
    replicate_group,
    count(*) as contacts,
    count(*) filter (where has_repeat) as has_repeat,
    cast(sum(handle_seconds) as bigint) as handle_seconds,
    sum(ln(handle_seconds)) as log_sum,
    sum(ln(handle_seconds) * ln(handle_seconds)) as log_squares,
    coalesce(sum(ln(handle_seconds)) filter (where has_repeat), 0) as log_repeats
from contacts
inner join reason_groups on contacts.reason = reason_groups.reason
where is_eligible and is_mature and handle_seconds > 0
group by reason_groups.reason_group, channel, replicate_group
order by reason, channel, replicate_group
