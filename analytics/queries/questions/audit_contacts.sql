-- One row per contact of the audit pool (up to 200 per reason by hash), in a fixed order; for labelling by hand.
select
    contact_id,
    local_at as started_at,
    reason::varchar as reason,
    cause::varchar as cause,
    channel::varchar as channel,
    handle_seconds,
    left("text", 2000) as "text"
from audit_pool
order by contact_id
