-- One row per effort (1 to 7): survey answers of the selection, with or without a contact, that say how likely the
-- customer is to recommend; how many say 9 or 10 of 10, and how many 6 or less.
select
    effort,
    sum(answers)::bigint as answers,
    coalesce(sum(answers) filter (where nps >= 9), 0)::bigint as promoters,
    coalesce(sum(answers) filter (where nps <= 6), 0)::bigint as detractors
from survey_answers
where
    month between $first_month and $last_month
    and effort is not null
    and nps is not null
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by effort
order by effort
