-- One row per month, segment, product, channel and combination of answers, over all surveys, with or without a contact.
select
    month,
    segment,
    product,
    coalesce(cast(channel as varchar), 'not given') as channel,
    effort,
    csat,
    nps,
    repeated_information,
    problem,
    problem_reason,
    count(*) as answers
from survey_contacts
group by month, segment, product, channel, effort, csat, nps, repeated_information, problem, problem_reason
order by month, channel
