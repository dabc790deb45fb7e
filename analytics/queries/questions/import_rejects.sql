-- One row per kept problem of the import, in the order of the file: where, what it said and why it was not taken as it is.
select
    table_name,
    file,
    line,
    column_name,
    value,
    reason,
    outcome,
    row_count
from rejects
where len($outcomes::varchar[]) = 0 or outcome in (select unnest($outcomes::varchar[]))
order by table_name, file, line, column_name
limit $row_limit offset $row_offset
