-- one row per line of a clean delimited file, every column as text
select *
from read_csv(
    $file,
    columns = $columns,
    auto_detect = false,
    header = true,
    delim = $delimiter,
    quote = '"',
    escape = '"',
    strict_mode = true,
    compression = $compression,
    max_line_size = $longest
)
