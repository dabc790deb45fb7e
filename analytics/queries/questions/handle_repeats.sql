-- One row per reason (the largest 60 and other), channel and replicate group, over all months of the data: mature contacts
-- with a handle time, those that came back, and sums of log handle time.
select
    reason::varchar as reason,
    channel::varchar as channel,
    replicate_group,
    contacts,
    has_repeat,
    handle_seconds,
    log_sum,
    log_squares,
    log_repeats
from handle_repeats
order by handle_repeats.reason, handle_repeats.channel, handle_repeats.replicate_group
