-- One row per segment: customers who used $channel in the last twelve whole months, those who used no other, and those of
-- them who came more than once, so that they had a choice. A customer counts in the segment of the last contact.
select
    segment,
    customers,
    only_here,
    only_here_often
from channel_users
where channel::varchar = $channel
order by segment
