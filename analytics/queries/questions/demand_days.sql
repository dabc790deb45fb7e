-- One row per day: contacts customers made, of the selection and of $reasons (none = all; the largest 60 by name, else 'other').
select
    day,
    sum(made_by_customers) as contacts,
    sum(has_repeat) as has_repeat,
    sum(eligible_mature) as eligible_mature
from daily
where
    day between $first_day and $last_day
    and (len($segments::varchar[]) = 0 or segment::varchar in (select unnest($segments::varchar[])))
    and (len($products::varchar[]) = 0 or product::varchar in (select unnest($products::varchar[])))
    and (len($reasons::varchar[]) = 0 or reason::varchar in (select unnest($reasons::varchar[])))
group by day
order by day
