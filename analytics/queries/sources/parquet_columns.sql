-- one row per column of a Parquet file, in its order: name and engine type
select
    column_name,
    column_type
from (describe from read_parquet($file))
