-- One row per imported file: rows read and what became of them; loaded + rejected + superseded + excluded = read.
select
    table_name,
    file,
    rows_read,
    rows_loaded,
    rows_rejected,
    rows_superseded,
    rows_excluded,
    bytes
from files
order by table_name, file
