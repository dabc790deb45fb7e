-- One row: contacts, those of a known customer, and those whose reason says nothing ($other_words), over all months.
select
    coalesce(sum(contacts), 0) as contacts,
    coalesce(sum(identified), 0) as identified,
    coalesce(sum(contacts) filter (
        where lower(trim(reason::varchar)) in (select unnest($other_words::varchar[]))
    ), 0) as other_reason,
    count(distinct month) as months,
    count(distinct reason) as reasons,
    count(distinct channel) as channels
from demand_reason_channel
