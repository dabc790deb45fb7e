-- One row per contact, with its place in its issue: issue = same customer and reason, no gap above $window_days days.
-- Eligible = customer known, from the customer, not planned, not a transfer leg, not a second submission of the same
-- (same channel, under 2 minutes after the one before). Gaps run on exact instants and are stored as days rounded up,
-- at least 1, so that "gap <= N days" and "stored gap <= N" agree. Windows run on the narrow columns only.
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
),

eligible as (
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
)

select
    source.contact_id,
    source.started_at,
    source.closed_at,
    cast(source.channel as channel_name) as channel,
    cast(source.reason as reason_name) as reason,
    cast(coalesce(source.product, 'not given') as product_name) as product,
    cast(coalesce(source.segment, 'not given') as segment_name) as segment,
    source.customer,
    source.session_id,
    cast(round(source.handle_seconds) as integer) as handle_seconds,
    cast(round(source.wait_seconds) as integer) as wait_seconds,
    source.abandoned,
    source.resolved,
    cast(source.transfers as integer) as transfers,
    coalesce(source.is_transfer_leg, false) as is_transfer_leg,
    source.repeated_information,
    coalesce(source.planned_follow_up, false) as planned_follow_up,
    coalesce(try_cast(source.cause as cause_code), 'unknown') as cause,
    source.secondary_cause,
    cast(coalesce(source.team, 'not given') as team_name) as team,
    source.agent,
    cast(coalesce(source.policy, 'not given') as policy_name) as policy,
    cast(round(source.authorisation_wait_seconds) as integer) as authorisation_wait_seconds,
    try_cast(source.amount as decimal(18, 4)) as amount,
    source.guided,
    cast(coalesce(try_cast(source.initiated_by as initiator), 'customer') as initiator) as initiated_by,
    try_cast(source.cost as decimal(18, 4)) as cost,
    source.educated,
    source.advised_new_use,
    source.helped_goal,
    source.validated_purchase,
    source.anticipated_need,
    source.text,
    source.file_no,
    source.source_line,
    source.local_at,
    cast(date_trunc('month', source.local_at) as date) as month, -- noqa: RF04
    cast(coalesce(hash(source.customer), hash(source.contact_id)) % 32 as utinyint) as replicate_group,
    cast(
        case
            when
                coalesce(
                    source.educated, source.advised_new_use, source.helped_goal,
                    source.validated_purchase, source.anticipated_need
                ) is not null
                then
                    case when source.educated then 1 else 0 end
                    + case when source.advised_new_use then 2 else 0 end
                    + case when source.helped_goal then 4 else 0 end
                    + case when source.validated_purchase then 8 else 0 end
                    + case when source.anticipated_need then 16 else 0 end
        end as utinyint
    ) as activities,
    cast(floor(date_diff('second', extent.data_start, source.started_at) / 86400.0) as smallint) as days_from_start,
    cast(floor(date_diff('microsecond', source.started_at, extent.data_end) / 86400000000.0) as smallint)
        as days_to_end,
    source.started_at + to_days($window_days) <= extent.data_end as is_mature,
    eligible.starts_issue is not null as is_eligible,
    source.customer is not null
    and not coalesce(source.planned_follow_up, false)
    and not coalesce(source.is_transfer_leg, false)
    and coalesce(source.initiated_by, 'customer') <> 'company'
    and eligible.starts_issue is null as is_duplicate_submission,
    coalesce(eligible.starts_issue, false) as starts_issue,
    coalesce(not eligible.starts_issue, false) as is_repeat,
    coalesce(eligible.next_at <= source.started_at + to_days($window_days), false) as has_repeat,
    case
        when eligible.previous_at is not null
            then cast(greatest(1, ceil(date_diff('microsecond', eligible.previous_at, source.started_at) / 86400000000.0)) as smallint)
    end as gap_prev_days,
    case
        when eligible.next_at is not null
            then cast(greatest(1, ceil(date_diff('microsecond', source.started_at, eligible.next_at) / 86400000000.0)) as smallint)
    end as gap_next_days,
    eligible.previous_channel,
    coalesce(eligible.root_cause, try_cast(source.cause as cause_code), 'unknown') as root_cause,
    eligible.issue_started_at
from typed_contacts as source
cross join extent
left join eligible on source.file_no = eligible.file_no and source.source_line = eligible.source_line
