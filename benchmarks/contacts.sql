-- One row per invented contact, for measuring speed only: 24 months, 40 reasons, 7 channels, 4 segments, 5 products.
-- Every fourth contact follows up one of the three before it, so that issues, repeats and gaps look like life.
with rows as (
    select
        n,
        n % 4 = 3 as follows_up,
        case when n % 4 = 3 then n - 1 - (n // 4) % 3 else n end as root
    from range($contacts) as numbers (n)
),

draws as (
    select
        n,
        follows_up,
        (hash(root * 16 + 1) >> 11) / 9007199254740992.0 as customer_draw,
        (hash(root * 16 + 2) >> 11) / 9007199254740992.0 as reason_draw,
        (hash(n * 16 + 3) >> 11) / 9007199254740992.0 as channel_draw,
        (hash(n * 16 + 4) >> 11) / 9007199254740992.0 as time_draw,
        (hash(n * 16 + 5) >> 11) / 9007199254740992.0 as handle_draw,
        (hash(n * 16 + 6) >> 11) / 9007199254740992.0 as outcome_draw,
        (hash(n * 16 + 7) >> 11) / 9007199254740992.0 as cause_draw,
        (hash(n * 16 + 8) >> 11) / 9007199254740992.0 as gap_draw,
        n / cast($contacts as double) as share
    from rows
),

drawn as (
    select
        *,
        cast(floor(pow(customer_draw, 1.3) * greatest($contacts * 0.0946, 10)) as bigint) as customer,
        cast(floor(pow(reason_draw, 1.8) * 40) as integer) as reason_number,
        cast(floor(pow(channel_draw, 1.6) * 7) as integer) as channel_number,
        cast(60 + 900 * handle_draw * handle_draw as integer) as handle_seconds,
        timestamp '2024-01-01 00:00:00'
        + to_seconds(cast(floor(
            share * 717 * 86400
            + time_draw * 86400
            + case when follows_up then gap_draw * gap_draw * 12 * 86400 else 0 end
        ) as bigint)) as started_at
    from draws
)

select
    'c' || n as contact_id,
    started_at,
    started_at + to_seconds(cast(handle_seconds * 3 as bigint)) as closed_at,
    ['phone', 'chat', 'email', 'messaging', 'social', 'store', 'webform'][channel_number + 1] as channel,
    'reason ' || lpad(cast(reason_number as varchar), 2, '0') as reason,
    'product ' || customer % 5 as product,
    ['consumer', 'small business', 'business', 'public'][customer % 4 + 1] as segment,
    case when outcome_draw > 0.03 then 'u' || customer end as customer_id,
    case when n % 5 = 0 then 's' || n end as session_id,
    handle_seconds,
    cast(300 * time_draw * cause_draw as integer) as wait_seconds,
    time_draw < 0.05 as abandoned,
    outcome_draw < 0.74 as resolved,
    case when cause_draw < 0.15 then 1 else 0 end as transfers,
    n % 97 = 0 as is_transfer_leg,
    handle_draw < 0.18 as repeated_information,
    n % 53 = 0 as planned_follow_up,
    case
        when cause_draw < 0.45 then ['defect', 'policy', 'process', 'communication', 'none'][reason_number % 5 + 1]
        when cause_draw < 0.92 then 'none'
    end as cause,
    'team ' || customer % 30 as team,
    'a' || n % 2000 as agent_id,
    case when n % 50 = 0 then 'policy ' || n % 12 end as policy,
    case when n % 50 = 0 then round(handle_draw * 400, 2) end as amount,
    'note ' || n % 1000 as text
from drawn
