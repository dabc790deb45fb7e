-- one row: the number of rows of a Parquet file
select count(*) as row_count
from read_parquet($file)
