-- One row per contact with its place in its issue (issue_places.sql); what is not eligible is in no issue.
-- Mature = the window has passed by the data's end. replicate_group = hash of the customer (else of the contact), 32
-- groups.
-- activities: bit 0 educated, 1 advised new use, 2 helped goal, 3 validated purchase, 4 anticipated need.
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
    coalesce(try_cast(source.cause as cause_code), cast('unknown' as cause_code)) as cause,
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
    cast(date_trunc('month', source.local_at) as date) as month,
    cast(coalesce(source.customer, hash(source.contact_id)) % 32 as utinyint) as replicate_group,
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
    cast(date_diff('microsecond', extent.data_start, source.started_at) // 86400000000 as smallint) as days_from_start,
    cast(date_diff('microsecond', source.started_at, extent.data_end) // 86400000000 as smallint) as days_to_end,
    date_diff('microsecond', source.started_at, extent.data_end) >= $window_days * 86400000000 as is_mature,
    place.starts_issue is not null as is_eligible,
    place.starts_issue is null
    and source.customer is not null
    and not coalesce(source.planned_follow_up, false)
    and not coalesce(source.is_transfer_leg, false)
    and coalesce(source.initiated_by, 'customer') <> 'company' as is_duplicate_submission,
    coalesce(place.starts_issue, false) as starts_issue,
    coalesce(not place.starts_issue, false) as is_repeat,
    coalesce(place.gap_next_days <= $window_days, false) as has_repeat,
    place.gap_prev_days,
    place.gap_next_days,
    place.previous_channel,
    coalesce(place.root_cause, try_cast(source.cause as cause_code), cast('unknown' as cause_code)) as root_cause,
    place.issue_started_at
from typed_contacts as source
cross join extent
left join issue_places as place on source.file_no = place.file_no and source.source_line = place.source_line
