-- One row per reason with the group it belongs to in the larger cubes: itself, or 'other' below the top 60.
select
    cast(value as reason_name) as reason,
    coalesce(try_cast(value as reason_group), cast('other' as reason_group)) as reason_group
from dimension_values
where dimension = 'reason' and value is not null
