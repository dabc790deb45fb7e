-- One row per month and reason: survey answers of the selection and how many report high effort (5 to 7 of 7).
select
    month,
    reason::varchar as reason,
    sum(answers) as answers,
    sum(answers) filter (where effort >= 5) as high_effort_answers
from effort
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by month, reason
order by effort.month, effort.reason
