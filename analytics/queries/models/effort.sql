-- One row per survey cell: month of the answer, dimensions and state of the contact, effort 1 to 7 (high = more
-- effort). Only answers about a known contact; answers without one are in survey_answers.
select
    month,
    segment,
    product,
    reason,
    channel,
    is_repeat,
    resolved,
    repeated_information,
    value_enhanced,
    effort,
    replicate_group,
    count(*) as answers
from survey_contacts
where has_contact and effort is not null
group by
    month, segment, product, reason, channel, is_repeat, resolved, repeated_information, value_enhanced, effort,
    replicate_group
order by month, reason
