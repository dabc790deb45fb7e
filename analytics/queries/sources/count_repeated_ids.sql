-- one row: rows whose id has been seen before (by a 64-bit hash: a collision only costs the exact check)
with hashed_ids as (
    select hash(id) as id_hash
    from identified_rows
),

neighbours as (
    select
        id_hash,
        lag(id_hash) over (order by id_hash) as hash_before
    from hashed_ids
)

select count(*) as repeated
from neighbours
where id_hash = hash_before
