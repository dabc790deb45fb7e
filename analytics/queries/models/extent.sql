-- One row: the whole local days the contacts span, as UTC instants [data_start, data_end), and in local days and
-- months. The end is the midnight after the last contact, so that a contact is mature once whole days have passed.
-- Without contacts the surveys give the span; without either all is NULL.
with span as (
    select
        coalesce(first_local_at, (select min(surveys.local_at) from surveys)) as first_local_at,
        coalesce(last_local_at, (select max(surveys.local_at) from surveys)) as last_local_at
    from dimension_values
    where dimension = ''
)

select
    (date_trunc('day', first_local_at) at time zone $timezone) at time zone 'UTC' as data_start,
    (date_trunc('day', last_local_at + interval 1 day) at time zone $timezone) at time zone 'UTC' as data_end,
    first_local_at,
    last_local_at,
    cast(first_local_at as date) as first_day,
    cast(last_local_at as date) as last_day,
    cast(date_trunc('month', first_local_at) as date) as first_month,
    cast(date_trunc('month', last_local_at) as date) as last_month
from span
