-- One row per reason and replicate group: survey answers of the selection and how many report high effort (5 to 7 of 7).
select
    reason::varchar as reason,
    replicate_group,
    sum(answers) as answers,
    sum(answers) filter (where effort >= 5) as high_effort_answers
from effort
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by reason, replicate_group
order by effort.reason, effort.replicate_group
