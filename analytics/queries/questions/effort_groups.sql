-- One row per month and replicate group: survey answers of the selection and how many report high effort (5 to 7 of 7).
select
    month,
    replicate_group,
    sum(answers) as answers,
    sum(answers) filter (where effort >= 5) as high_effort_answers,
    sum(answers * effort) as effort_sum
from effort_total
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by month, replicate_group
order by month, replicate_group
