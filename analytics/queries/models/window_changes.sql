-- One row per month, segment, product, reason, channel, team and window: how each count changes at that window, 1 to
-- 30. A contact counts in an interval of windows; +1 where the interval begins, -1 after it ends. With p, n the gap in
-- days to the previous and next contact, s days since the data's start, d days to its end: mature 1..d, observed 1..s,
-- has_repeat n..d, is_repeat p..s, issue 1..min(p - 1, d), single-contact issue 1..min(p - 1, n - 1, d). All that begins
-- or ends at the same place (1, p, n, d + 1, s + 1) is one row. Seconds, unknown handle times (not given up unanswered)
-- and given cost are those of repeats.
with eligible as (
    select
        month,
        segment,
        product,
        reason,
        channel,
        team,
        coalesce(handle_seconds, 0) as handle_seconds,
        case when handle_seconds is null and not coalesce(abandoned, false) then 1 else 0 end as missing,
        coalesce(cost, 0) as cost,
        coalesce(gap_prev_days, 31) as p,
        coalesce(gap_next_days, 31) as n,
        days_from_start as s,
        days_to_end as d
    from contacts
    where is_eligible
),

changes as (
    select
        month, segment, product, reason, channel, team, 1 as window_days,
        case when d >= 1 then 1 else 0 end as d_mature,
        case when s >= 1 then 1 else 0 end as d_observed,
        0 as d_has_repeat, 0 as d_is_repeat, 0 as d_repeat_seconds, 0 as d_repeat_missing, 0 as d_repeat_cost,
        case when d >= 1 and p >= 2 then 1 else 0 end as d_issues,
        case when d >= 1 and p >= 2 and n >= 2 then 1 else 0 end as d_single
    from eligible
    union all
    select
        month, segment, product, reason, channel, team, p, 0, 0, 0,
        case when p <= s then 1 else 0 end,
        case when p <= s then handle_seconds else 0 end,
        case when p <= s then missing else 0 end,
        case when p <= s then cost else 0 end,
        case when p >= 2 and p <= d then -1 else 0 end,
        case when p >= 2 and p <= d and n >= p then -1 else 0 end
    from eligible
    where p <= 30 and (p <= s or (p >= 2 and p <= d))
    union all
    select
        month, segment, product, reason, channel, team, n, 0, 0, 1, 0, 0, 0, 0, 0,
        case when n >= 2 and n < p then -1 else 0 end
    from eligible
    where n <= least(d, 30)
    union all
    select
        month, segment, product, reason, channel, team, d + 1, -1, 0,
        case when n <= d then -1 else 0 end,
        0, 0, 0, 0,
        case when p >= 2 and p > d then -1 else 0 end,
        case when p >= 2 and n >= 2 and p > d and n > d then -1 else 0 end
    from eligible
    where d between 1 and 29
    union all
    select
        month, segment, product, reason, channel, team, s + 1, 0, -1, 0,
        case when p <= s then -1 else 0 end,
        case when p <= s then -handle_seconds else 0 end,
        case when p <= s then -missing else 0 end,
        case when p <= s then -cost else 0 end,
        0, 0
    from eligible
    where s between 1 and 29
)

select
    month,
    segment,
    product,
    reason,
    channel,
    team,
    cast(window_days as utinyint) as window_days,
    case when grouping(reason) = 0 then 'reason' when grouping(channel) = 0 then 'channel' else 'team' end as dimension,
    cast(sum(d_mature) as integer) as d_mature,
    cast(sum(d_observed) as integer) as d_observed,
    cast(sum(d_has_repeat) as integer) as d_has_repeat,
    cast(sum(d_is_repeat) as integer) as d_is_repeat,
    cast(sum(d_repeat_seconds) as bigint) as d_repeat_seconds,
    cast(sum(d_repeat_missing) as integer) as d_repeat_missing,
    cast(sum(d_repeat_cost) as double) as d_repeat_cost,
    cast(sum(d_issues) as integer) as d_issues,
    cast(sum(d_single) as integer) as d_single
from changes
group by grouping sets (
    (month, segment, product, window_days, reason),
    (month, segment, product, window_days, channel),
    (month, segment, product, window_days, team)
)
