-- One row per channel and segment, over the last twelve whole months (or as many as there are): customers who used the
-- channel, those who used no other, and those of them who came more than once, so that they had a choice.
-- A customer counts in the segment of the last contact (of two at once, the later name). Different customers of months do not add up: hence one period.
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

people as (
    select
        contacts.customer,
        list(distinct contacts.channel) as channels,
        count(*) as contacts,
        arg_max(contacts.segment, epoch_ms(contacts.started_at) * 65536 + enum_code(contacts.segment)) as segment
    from contacts
    cross join period
    where
        contacts.month between period.first_month and period.last_month
        and contacts.customer is not null
    group by contacts.customer
),

users as (
    select
        segment,
        contacts,
        unnest(channels) as channel,
        len(channels) = 1 as in_one_channel
    from people
)

select
    channel,
    segment,
    count(*) as customers,
    count(*) filter (where in_one_channel) as only_here,
    count(*) filter (where in_one_channel and contacts > 1) as only_here_often
from users
group by channel, segment
order by channel, segment
