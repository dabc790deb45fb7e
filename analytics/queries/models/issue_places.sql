-- One row per eligible contact: its place in its issue. Issue = same customer and reason, no gap above $window_days
-- days. Eligible = customer known, from the customer, not planned, not a transfer leg, not a second submission of the
-- same (same channel as the contact right before and under 2 minutes after it). Equal times are ordered by contact_id.
-- A table of its own, because windows over narrow rows joined back are faster than windows over whole contacts.
with candidates as (
    select
        file_no,
        source_line,
        contact_id,
        started_at,
        customer,
        cast(reason as reason_name) as reason,
        cast(channel as channel_name) as channel,
        coalesce(try_cast(cause as cause_code), 'unknown') as cause
    from typed_contacts
    where
        customer is not null
        and not coalesce(planned_follow_up, false)
        and not coalesce(is_transfer_leg, false)
        and coalesce(initiated_by, 'customer') <> 'company'
),

submissions as (
    select
        *,
        coalesce(
            lag(channel) over in_order = channel
            and started_at < lag(started_at) over in_order + interval 2 minute,
            false
        ) as is_duplicate_submission
    from candidates
    window in_order as (partition by customer, reason order by started_at, contact_id)
),

neighbours as (
    select
        *,
        lag(started_at) over in_order as previous_at,
        lead(started_at) over in_order as next_at,
        lag(channel) over in_order as previous_channel
    from submissions
    where not is_duplicate_submission
    window in_order as (partition by customer, reason order by started_at, contact_id)
),

issue_starts as (
    select
        *,
        previous_at is null or started_at > previous_at + to_days($window_days) as starts_issue
    from neighbours
)

select
    file_no,
    source_line,
    previous_at,
    next_at,
    previous_channel,
    starts_issue,
    last_value(case when starts_issue then cause end ignore nulls) over in_order as root_cause,
    last_value(case when starts_issue then started_at end ignore nulls) over in_order as issue_started_at
from issue_starts
window in_order as (
    partition by customer, reason order by started_at, contact_id
    rows between unbounded preceding and current row
)
