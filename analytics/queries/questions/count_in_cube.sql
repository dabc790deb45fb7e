-- One row: how many contacts lie behind a figure that knows neither team nor policy, counted in the cube.
select coalesce(sum(contacts), 0) as contacts
from demand
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
    and (
        len($cell_reasons::varchar[]) = 0
        or (reason::varchar, cause::varchar, is_repeat) in (
            select(
                unnest($cell_reasons::varchar[]), unnest($cell_causes::varchar[]), unnest($cell_repeats::boolean[])
            )
        )
    )
    and (len($reasons::varchar[]) = 0 or reason::varchar in (select unnest($reasons::varchar[])))
    and (len($causes::varchar[]) = 0 or cause::varchar in (select unnest($causes::varchar[])))
    and (len($channels::varchar[]) = 0 or channel::varchar in (select unnest($channels::varchar[])))
    and (len($repeats::boolean[]) = 0 or is_repeat in (select unnest($repeats::boolean[])))
