-- one row of staging.dropped per row of keyed_rows that a newer row of the same key supersedes
insert into staging.dropped
select
    file_no,
    source_line,
    'superseded' as outcome
from keyed_rows
qualify
    row_number() over (
        partition by row_key
        order by try_cast(newest as double) desc nulls last, newest desc nulls last, content, file_no, source_line
    ) > 1
