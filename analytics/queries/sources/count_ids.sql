-- one row: rows that have an id, and different ids (by a 64-bit hash: a collision only costs the exact check)
select
    count(id) as rows_with_id,
    count(distinct hash(id)) as different_ids
from identified_rows
