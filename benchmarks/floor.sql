-- One row per month, segment, product, reason and channel: the wide group-by of the floor.
select
    date_trunc('month', started_at) as month,
    segment,
    product,
    reason,
    channel,
    count(*) as contacts,
    sum(handle_seconds) as handle_seconds,
    sum(wait_seconds) as wait_seconds,
    count(*) filter (where resolved) as resolved
from loaded
group by month, segment, product, reason, channel
