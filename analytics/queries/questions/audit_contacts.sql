-- One row per contact of the audit pool (up to 200 per reason by hash), in a fixed order; for labelling by hand.
-- stands_for = contacts of the reason per contact of it in the pool: small reasons are not to count too much.
with reason_contacts as (
    select
        reason,
        sum(contacts) as contacts
    from demand_reason_channel
    group by reason
),

pool as (
    select
        *,
        count(*) over (partition by reason) as pool_contacts
    from audit_pool
)

select
    pool.contact_id,
    pool.local_at as started_at,
    pool.reason::varchar as reason,
    pool.cause::varchar as cause,
    pool.channel::varchar as channel,
    pool.handle_seconds,
    left(pool.text, 2000) as "text",
    reason_contacts.contacts / pool.pool_contacts as stands_for
from pool
inner join reason_contacts on pool.reason = reason_contacts.reason
order by pool.contact_id
