-- One row per value a filter can take (segment, product, reason, channel, month), most contacts first within its kind.
with seen as (
    select 'segment' as kind, segment::varchar as value, sum(contacts) as contacts
    from demand_reason_channel
    group by segment
    union all
    select 'product', product::varchar, sum(contacts)
    from demand_reason_channel
    group by product
    union all
    select 'reason', reason::varchar, sum(contacts)
    from demand_reason_channel
    group by reason
    union all
    select 'channel', channel::varchar, sum(contacts)
    from demand_reason_channel
    group by channel
    union all
    select 'month', month::varchar, sum(contacts)
    from demand_reason_channel
    group by month
)
select
    kind,
    value,
    contacts
from seen
where value is not null
order by kind, contacts desc, value
