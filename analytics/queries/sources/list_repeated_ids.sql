-- one row per row whose id occurs more than once: its content, and which row of the id is kept
create or replace table staging.repeated as
with repeated_ids as (
    select id
    from identified_rows
    group by id
    having count(*) > 1
),

repeated_rows as (
    select
        identified.id,
        identified.content,
        identified.file_no,
        identified.source_line
    from identified_rows as identified
    inner join repeated_ids on identified.id = repeated_ids.id
)

select
    id,
    file_no,
    source_line,
    row_number() over same_content as copy_number,
    row_number() over same_id as place_in_id,
    first_value(file_no) over same_content as twin_file_no,
    first_value(source_line) over same_content as twin_line,
    first_value(file_no) over same_id as kept_file_no,
    first_value(source_line) over same_id as kept_line
from repeated_rows
window
    same_content as (partition by id, content order by file_no, source_line),
    same_id as (partition by id order by content, file_no, source_line)
