-- One row per month, segment, product, team and window (1 to 30 days): difference arrays; the running sum over
-- window_days up to W is the count at window W. Which contact counts at which window: window_changes.sql.
select
    month,
    segment,
    product,
    team,
    window_days,
    d_mature,
    d_observed,
    d_has_repeat,
    d_is_repeat,
    d_repeat_seconds,
    d_issues,
    d_single
from window_changes
where dimension = 'team'
order by month, team, window_days
