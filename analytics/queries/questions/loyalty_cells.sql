-- One row per cell of comparable customers and replicate group, for the segments and products chosen and every month:
-- customers at their index contact, and how many of them stayed the 12 months after.
select
    segment,
    channel,
    effort,
    resolved,
    repeated_information,
    tenure_band,
    value_enhanced,
    replicate_group,
    sum(customers) as customers,
    sum(stayed) as stayed
from loyalty_index
where
    (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by segment, channel, effort, resolved, repeated_information, tenure_band, value_enhanced, replicate_group
order by segment, channel, effort, resolved, repeated_information, tenure_band, value_enhanced, replicate_group
