-- One row per acquisition channel and replicate group: customers, the contacts they made and the months they were active,
-- over all months of the data.
select
    acquisition_channel,
    replicate_group,
    sum(customers) as customers,
    sum(contacts) as contacts,
    sum(months_active) as months_active
from acquisition
where len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar)
group by acquisition_channel, replicate_group
order by acquisition_channel, replicate_group
