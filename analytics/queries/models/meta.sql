-- One row per fact about the result as a whole: $keys and $facts, and the span of the data. Missing facts are NULL.
-- A month is whole unless a day of it outside the data falls on a weekday that usually (half its weeks) has contacts.
with open_weekdays as (
    select
        arrival_weeks.weekday
    from arrival_weeks
    left join (select distinct daily.day from daily) as days
        on arrival_weeks.weekday = extract(isodow from days.day)
    group by arrival_weeks.weekday, arrival_weeks.weeks
    having count(days.day) * 2 >= arrival_weeks.weeks
),

unseen_days as (
    select
        extent.first_day,
        cast(unnest(generate_series(
            extent.first_month, extent.last_month + interval 1 month - interval 1 day, interval 1 day
        )) as date) as day
    from extent
),

cut_months as (
    select
        count(*) filter (where unseen_days.day < extent.first_day) > 0 as first_is_cut,
        count(*) filter (where unseen_days.day > extent.last_day) > 0 as last_is_cut
    from unseen_days
    cross join extent
    where extract(isodow from unseen_days.day) in (select open_weekdays.weekday from open_weekdays)
),

whole as (
    select
        extent.*,
        cast(extent.first_month + case when first_is_cut then interval 1 month else interval 0 month end as date)
            as first_full_month,
        cast(extent.last_month - case when last_is_cut then interval 1 month else interval 0 month end as date)
            as last_full_month
    from extent
    cross join cut_months
)

select
    unnest($keys) as key,
    unnest($facts) as value
union all
select 'first_at' as key, cast(first_local_at as varchar) as value from whole
union all
select 'last_at' as key, cast(last_local_at as varchar) as value from whole
union all
select 'data_start' as key, cast(data_start as varchar) as value from whole
union all
select 'data_end' as key, cast(data_end as varchar) as value from whole
union all
select 'first_day' as key, cast(first_day as varchar) as value from whole
union all
select 'last_day' as key, cast(last_day as varchar) as value from whole
union all
select 'first_month' as key, cast(first_month as varchar) as value from whole
union all
select 'last_month' as key, cast(last_month as varchar) as value from whole
union all
select
    'first_full_month' as key,
    case when first_full_month <= last_full_month then cast(first_full_month as varchar) end as value
from whole
union all
select
    'last_full_month' as key,
    case when first_full_month <= last_full_month then cast(last_full_month as varchar) end as value
from whole
