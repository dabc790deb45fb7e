-- one row per row of the view clock_rows whose clock time lies in a gap or an overlap of a clock change
with changes as (
    select
        unnest($starts) as starts_at,
        unnest($ends) as ends_at,
        unnest($gaps) as is_gap
)

select
    clock_rows.source_line,
    clock_rows.wall_clock,
    changes.is_gap
from clock_rows
inner join changes
    on clock_rows.wall_clock >= changes.starts_at and clock_rows.wall_clock < changes.ends_at
order by clock_rows.source_line
