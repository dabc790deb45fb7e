-- One row: which build of the data this is, and the format of its tables.
select
    max(value) filter (where key = 'generation') as generation,
    max(value) filter (where key = 'format') as format
from meta
