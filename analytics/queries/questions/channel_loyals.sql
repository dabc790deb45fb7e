-- One row per segment: customers who used $channel in the period, those who used no other, and those of them who came
-- more than once, so that they had a choice. A customer counts in the segment of the last contact.
with used as (
    select
        customer,
        arg_max(segment::varchar, started_at) as segment,
        bool_or(channel::varchar = $channel) as here,
        bool_and(channel::varchar = $channel) as only_here,
        count(*) as contacts
    from contacts
    where
        month between $first_month and $last_month
        and customer is not null
    group by customer
)

select
    segment,
    count(*) as customers,
    count(*) filter (where only_here) as only_here,
    count(*) filter (where only_here and contacts > 1) as only_here_often
from used
where here
group by segment
order by segment
