-- One row per channel of a contact and channel of the next contact in the same issue: issues that moved that way in the
-- period. Staying in the channel is left out.
select
    from_channel::varchar as from_channel,
    to_channel::varchar as to_channel,
    sum(issues) as issues
from switches
where
    month between $first_month and $last_month
    and from_channel::varchar <> to_channel::varchar
group by from_channel, to_channel
order by switches.from_channel, switches.to_channel
