-- One row per eligible contact: its place in its issue. Issue = same customer and reason, no gap above $window_days
-- days. Eligible = customer known, from the customer, not planned, not a transfer leg, not a second submission of the
-- same (same channel as the contact right before and under 2 minutes after it). Equal times are ordered by contact_id.
-- Gaps are whole days rounded up, at least 1, so that "gap <= N days" and "stored gap <= N" agree exactly.
-- The narrow rows are sorted once; every window after that has no order of its own and takes the rows as they come,
-- which is three times faster than sorting for each. Rows that came in another order would end the import (error).
-- Of many contacts it is built in $parts parts of the customers, $part from 0.
with candidates as (
    select
        file_no,
        source_line,
        contact_id,
        started_at,
        customer,
        cast(reason as reason_name) as reason,
        cast(channel as channel_name) as channel,
        coalesce(try_cast(cause as cause_code), cast('unknown' as cause_code)) as cause
    from typed_contacts
    where
        customer is not null
        and ($parts = 1 or customer % $parts = $part)
        and not coalesce(planned_follow_up, false)
        and not coalesce(is_transfer_leg, false)
        and coalesce(initiated_by, 'customer') <> 'company'
),

ordered as (
    select *
    from candidates
    order by customer, reason, started_at, contact_id
),

submissions as (
    select
        *,
        case
            when lag(customer) over () > customer then error('contacts lost the order of their customers')
            else coalesce(
                lag(customer) over () = customer
                and lag(reason) over () = reason
                and lag(channel) over () = channel
                and started_at < lag(started_at) over () + interval 2 minute,
                false
            )
        end as is_duplicate_submission
    from ordered
),

neighbours as (
    select
        file_no,
        source_line,
        started_at,
        cause,
        coalesce(lag(customer) over () = customer and lag(reason) over () = reason, false) as follows_another,
        coalesce(lead(customer) over () = customer and lead(reason) over () = reason, false) as is_followed,
        lag(started_at) over () as started_before,
        lead(started_at) over () as started_after,
        lag(channel) over () as channel_before
    from submissions
    where not is_duplicate_submission
),

issue_starts as (
    select
        file_no,
        source_line,
        started_at,
        cause,
        case when follows_another then started_before end as previous_at,
        case when is_followed then started_after end as next_at,
        case when follows_another then channel_before end as previous_channel,
        not follows_another or started_at > started_before + to_days($window_days) as starts_issue
    from neighbours
)

select
    file_no,
    source_line,
    case
        when previous_at is not null
            then cast(greatest(
                1, (date_diff('microsecond', previous_at, started_at) + 86399999999) // 86400000000
            ) as smallint)
    end as gap_prev_days,
    case
        when next_at is not null
            then cast(greatest(
                1, (date_diff('microsecond', started_at, next_at) + 86399999999) // 86400000000
            ) as smallint)
    end as gap_next_days,
    previous_channel,
    starts_issue,
    last_value(case when starts_issue then cause end ignore nulls) over so_far as root_cause,
    last_value(case when starts_issue then started_at end ignore nulls) over so_far as issue_started_at
from issue_starts
window so_far as (rows between unbounded preceding and current row) -- noqa: PRS
