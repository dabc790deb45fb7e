-- one row per file: dropped rows whose id is kept with other values, and dropped copies of kept or rejected rows
select
    file_no,
    count(*) filter (where copy_number = 1) as rejected,
    count(*) filter (where copy_number > 1) as superseded
from staging.repeated
where place_in_id > 1
group by file_no
