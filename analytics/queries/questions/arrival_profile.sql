-- One row per channel and half-hour of the week (0 = Monday 00:00): contacts and handled time over all weeks.
select
    channel::varchar as channel,
    half_hour,
    sum(contacts) as contacts,
    sum(handle_seconds) as handle_seconds
from arrivals
group by channel, half_hour
order by arrivals.channel, arrivals.half_hour
