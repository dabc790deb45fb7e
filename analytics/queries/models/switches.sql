-- One row per channel of a contact, channel of the next contact in the same issue, reason and month of the next
-- contact. Same channel to same channel is kept, as the comparison; an issue counts once per row however often it
-- moves that way.
select
    previous_channel as from_channel,
    channel as to_channel,
    reason,
    month,
    count(distinct row(customer, issue_started_at)) as issues,
    count(*) as moves
from contacts
where is_repeat
group by previous_channel, channel, reason, month
order by month, reason
