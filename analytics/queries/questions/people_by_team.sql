-- One row per team: people employed on a day, how many left in the year before it, person-years in that year, and pay.
select
    coalesce(team, 'not given') as team,
    count(*) filter (where left_at is null or left_at > $day) as people,
    count(*) filter (where left_at > $year_before and left_at <= $day) as leavers,
    sum(
        greatest(
            date_diff(
                'day',
                greatest(coalesce(started_at, $year_before), $year_before),
                least(coalesce(left_at, $day), $day)
            ),
            0
        )
    ) / 365.25 as person_years,
    avg("cost") filter (where left_at is null or left_at > $day) as cost_per_year
from agents
where coalesce(started_at, $day) <= $day
group by all
order by team
