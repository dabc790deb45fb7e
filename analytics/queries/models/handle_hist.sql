-- One row per reason, channel and bucket of handle time: bucket = floor(4 * log2(seconds)), 0 below 2^(1/4) seconds.
select
    reason,
    channel,
    cast(floor(4 * log2(greatest(handle_seconds, 1))) as smallint) as bucket,
    count(*) as contacts
from contacts
where handle_seconds is not null
group by reason, channel, bucket
order by reason, channel, bucket
