-- One row per channel and segment, over the last twelve whole months (or as many as there are): customers who used the
-- channel, those who used no other, and those of them who came more than once, so that they had a choice.
-- A customer counts in the segment of the last contact (of two at once, the later name). Channels of a customer are bits
-- of one number, which takes a quarter of the time of a list; beyond 63 channels they are a list. Different customers of
-- months do not add up: hence one period.
with whole_months as (
    select
        max(cast(value as date)) filter (where key = 'first_month') as first_month,
        max(cast(value as date)) filter (where key = 'first_full_month') as first_full_month,
        max(cast(value as date)) filter (where key = 'last_full_month') as last_full_month
    from meta
    where key in ('first_month', 'first_full_month', 'last_full_month')
),

period as (
    select
        greatest(
            coalesce(first_full_month, first_month),
            cast(coalesce(last_full_month, first_full_month, first_month) - interval 11 month as date)
        ) as first_month,
        coalesce(last_full_month, first_full_month, first_month) as last_month
    from whole_months
),

visits as (
    select
        contacts.customer,
        enum_code(contacts.channel) as channel_code,
        epoch_ms(contacts.started_at) * 65536 + enum_code(contacts.segment) as seen
    from contacts
    cross join period
    where
        contacts.month between period.first_month and period.last_month
        and contacts.customer is not null
),

few_channels as (
    select
        bit_or(cast(1 as bigint) << channel_code) as channels,
        max(seen) & 65535 as segment_code,
        count(*) > 1 as often
    from visits
    where len(enum_range(cast(null as channel_name))) <= 63
    group by customer
),

many_channels as (
    select
        list_sort(list(distinct channel_code)) as codes,
        max(seen) & 65535 as segment_code,
        count(*) > 1 as often
    from visits
    where len(enum_range(cast(null as channel_name))) > 63
    group by customer
),

patterns as (
    select
        list_filter(range(63), lambda place: (channels >> place) & 1 = 1) as codes,
        segment_code,
        often,
        count(*) as customers
    from few_channels
    group by channels, segment_code, often
    union all
    select
        codes,
        segment_code,
        often,
        count(*) as customers
    from many_channels
    group by codes, segment_code, often
),

users as (
    select
        unnest(codes) as channel_code,
        len(codes) = 1 as in_one_channel,
        segment_code,
        often,
        customers
    from patterns
)

select
    cast(enum_range(cast(null as channel_name))[channel_code + 1] as channel_name) as channel,
    cast(enum_range(cast(null as segment_name))[segment_code + 1] as segment_name) as segment,
    cast(sum(customers) as bigint) as customers,
    cast(coalesce(sum(customers) filter (where in_one_channel), 0) as bigint) as only_here,
    cast(coalesce(sum(customers) filter (where in_one_channel and often), 0) as bigint) as only_here_often
from users
group by channel_code, segment_code
order by channel, segment
