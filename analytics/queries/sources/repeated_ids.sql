-- one row per dropped row with a repeated id: where it is, and the row it repeats or contradicts
select
    file_no,
    source_line,
    id,
    case when copy_number > 1 then 'superseded' else 'rejected' end as outcome,
    case when copy_number > 1 then twin_file_no else kept_file_no end as other_file_no,
    case when copy_number > 1 then twin_line else kept_line end as other_line
from staging.repeated
where place_in_id > 1
order by file_no, source_line
limit $room
