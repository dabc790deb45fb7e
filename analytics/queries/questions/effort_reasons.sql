-- One row per reason and channel: survey answers and their effort (1 to 7, high = more effort).
select
    reason::varchar as reason,
    channel::varchar as channel,
    sum(answers) as answers,
    sum(answers * effort) as effort_sum,
    sum(answers) filter (where effort >= 5) as high_effort_answers
from effort
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by reason, channel
order by effort.reason, effort.channel
