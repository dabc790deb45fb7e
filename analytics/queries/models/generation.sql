-- One row: the identity of this result and the number of its format.
select
    max(value) filter (where key = 'generation') as generation,
    max(value) filter (where key = 'format') as format
from meta
having count(*) > 0
