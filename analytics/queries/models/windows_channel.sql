-- One row per month, segment, product, channel and window (1 to 30 days): difference arrays; the running sum over
-- window_days up to W is the count at window W. Which contact counts at which window: window_changes.sql. Of repeats:
-- handled seconds, contacts whose handle time is missing, and cost the file gives.
select
    month,
    segment,
    product,
    channel,
    window_days,
    d_mature,
    d_observed,
    d_has_repeat,
    d_is_repeat,
    d_repeat_seconds,
    d_repeat_missing,
    d_repeat_cost,
    d_issues,
    d_single
from window_changes
where dimension = 'channel'
order by month, channel, window_days
