-- One row per cell of comparable customers, of the segments chosen, in the order of their numbers.
select
    cell,
    segment,
    channel,
    effort,
    resolved,
    repeated_information,
    tenure_band,
    value_enhanced
from loyalty_cells
where len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar)
order by cell
