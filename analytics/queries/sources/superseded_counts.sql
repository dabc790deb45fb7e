-- one row per file: rows of keyed_rows that a newer row supersedes
select
    keyed.file_no,
    count(*) as row_count
from keyed_rows as keyed
inner join staging.dropped as dropped
    on
        keyed.file_no = dropped.file_no
        and keyed.source_line = dropped.source_line
        and dropped.outcome = 'superseded'
group by keyed.file_no
