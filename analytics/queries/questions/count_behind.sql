-- One row: how many contacts lie behind a figure, by the same filter as contacts_behind.
select count(*) as contacts
from contacts
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
    and (
        len($cell_reasons::varchar[]) = 0
        or (reason::varchar, root_cause::varchar, is_repeat) in (
            select(
                unnest($cell_reasons::varchar[]), unnest($cell_causes::varchar[]), unnest($cell_repeats::boolean[])
            )
        )
    )
    and (len($reasons::varchar[]) = 0 or reason::varchar in (select unnest($reasons::varchar[])))
    and (len($causes::varchar[]) = 0 or root_cause::varchar in (select unnest($causes::varchar[])))
    and (len($channels::varchar[]) = 0 or channel::varchar in (select unnest($channels::varchar[])))
    and (len($teams::varchar[]) = 0 or team::varchar in (select unnest($teams::varchar[])))
    and (len($policies::varchar[]) = 0 or policy::varchar in (select unnest($policies::varchar[])))
    and (len($repeats::boolean[]) = 0 or is_repeat in (select unnest($repeats::boolean[])))
