-- One row per table, file, column and outcome: how many values were emptied or flagged, exactly.
select
    table_name,
    file,
    column_name,
    outcome,
    sum(row_count) as row_count
from emptied_counts
group by table_name, file, column_name, outcome
order by row_count desc, table_name, file, column_name
