-- One row per table and column: rows, and rows in which the column says something, over all months.
select
    table_name,
    column_name,
    sum(rows) as rows,
    sum(filled) as filled,
    count(distinct month) as months
from coverage
group by table_name, column_name
order by table_name, column_name
