-- One row per channel and window of 1 to 30 days: changes of each count at that window; the running sum is the count itself.
select
    channel::varchar as channel,
    window_days,
    sum(d_mature) as d_mature,
    sum(d_observed) as d_observed,
    sum(d_has_repeat) as d_has_repeat,
    sum(d_is_repeat) as d_is_repeat,
    sum(d_repeat_seconds) as d_repeat_seconds,
    sum(d_repeat_missing) as d_repeat_missing,
    sum(d_repeat_cost) as d_repeat_cost,
    sum(d_issues) as d_issues,
    sum(d_single) as d_single
from windows_channel
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by channel, window_days
order by windows_channel.channel, windows_channel.window_days
