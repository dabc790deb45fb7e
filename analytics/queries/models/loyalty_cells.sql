-- One row per cell of customers who are compared as equals (all of loyalty_people but product and replicate group), with
-- the number that loyalty_index knows it by, from 0.
select
    cast(row_number() over (
        order by segment, channel, effort, resolved, repeated_information, tenure_band, value_enhanced
    ) - 1 as integer) as cell,
    segment,
    channel,
    effort,
    resolved,
    repeated_information,
    tenure_band,
    value_enhanced
from loyalty_people
group by segment, channel, effort, resolved, repeated_information, tenure_band, value_enhanced
order by cell
