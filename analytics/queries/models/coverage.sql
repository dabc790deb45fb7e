-- One row per table, column and month: rows, and rows in which the column says something (not the value that stands
-- in for nothing: 'not given', 'unknown', no for planned and transfer legs, customer for the initiator).
with contacts_by_month as (
    select
        'contacts' as table_name,
        month as month,
        count(*) as rows,
        count(contact_id) as contact_id,
        count(started_at) as started_at,
        count(closed_at) as closed_at,
        count(channel) as channel,
        count(reason) as reason,
        count(*) filter (where cast(product as varchar) <> 'not given') as product,
        count(*) filter (where cast(segment as varchar) <> 'not given') as segment,
        count(customer) as customer_id,
        count(session_id) as session_id,
        count(handle_seconds) as handle_seconds,
        count(wait_seconds) as wait_seconds,
        count(abandoned) as abandoned,
        count(resolved) as resolved,
        count(transfers) as transfers,
        count(*) filter (where is_transfer_leg) as is_transfer_leg,
        count(repeated_information) as repeated_information,
        count(*) filter (where planned_follow_up) as planned_follow_up,
        count(*) filter (where cause <> 'unknown') as cause,
        count(secondary_cause) as secondary_cause,
        count(*) filter (where cast(team as varchar) <> 'not given') as team,
        count(agent) as agent_id,
        count(*) filter (where cast(policy as varchar) <> 'not given') as policy,
        count(authorisation_wait_seconds) as authorisation_wait_seconds,
        count(amount) as amount,
        count(guided) as guided,
        count(*) filter (where initiated_by <> 'customer') as initiated_by,
        count(cost) as cost,
        count(educated) as educated,
        count(advised_new_use) as advised_new_use,
        count(helped_goal) as helped_goal,
        count(validated_purchase) as validated_purchase,
        count(anticipated_need) as anticipated_need,
        count(text) as text
    from contacts
    group by month
),

surveys_by_month as (
    select
        'surveys' as table_name,
        cast(date_trunc('month', local_at) as date) as month,
        count(*) as rows,
        count(contact_id) as contact_id,
        count(customer) as customer_id,
        count(answered_at) as answered_at,
        count(effort) as effort,
        count(csat) as csat,
        count(nps) as nps,
        count(value_ability) as value_ability,
        count(value_confidence) as value_confidence,
        count(repeated_information) as repeated_information,
        count(channel_preference) as channel_preference,
        count(problem) as problem,
        count(problem_reason) as problem_reason
    from surveys
    group by cast(date_trunc('month', local_at) as date)
)

select table_name, column_name, month, rows, filled
from contacts_by_month
unpivot (filled for column_name in (
    contact_id, started_at, closed_at, channel, reason, product, segment, customer_id, session_id, handle_seconds,
    wait_seconds, abandoned, resolved, transfers, is_transfer_leg, repeated_information, planned_follow_up, cause,
    secondary_cause, team, agent_id, policy, authorisation_wait_seconds, amount, guided, initiated_by, cost,
    educated, advised_new_use, helped_goal, validated_purchase, anticipated_need, text
))
union all
select table_name, column_name, month, rows, filled
from surveys_by_month
unpivot (filled for column_name in (
    contact_id, customer_id, answered_at, effort, csat, nps, value_ability, value_confidence,
    repeated_information, channel_preference, problem, problem_reason
))
