-- One row per weekday (1 = Monday, as in ISO): how many of them lie between the first and the last day of the contacts.
select
    extract(isodow from days.day) as weekday,
    count(*) as weeks
from (
    select cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date) as day
    from extent
) as days
group by weekday
order by weekday
