-- one row of staging.dropped per repeated row: a copy of a row is superseded, a row with other values rejected
insert into staging.dropped
select
    file_no,
    source_line,
    case when copy_number > 1 then 'superseded' else 'rejected' end as outcome
from staging.repeated
where place_in_id > 1
