-- One row per dimension and value that occurs, with its contacts and first and last wall-clock time; dimension '' is
-- all.
select
    case
        when grouping(channel) = 0 then 'channel'
        when grouping(reason) = 0 then 'reason'
        when grouping(product) = 0 then 'product'
        when grouping(segment) = 0 then 'segment'
        when grouping(team) = 0 then 'team'
        when grouping(policy) = 0 then 'policy'
        else ''
    end as dimension,
    coalesce(channel, reason, product, segment, team, policy) as value,
    count(*) as contacts,
    min(local_at) as first_local_at,
    max(local_at) as last_local_at
from typed_contacts
group by grouping sets ((channel), (reason), (product), (segment), (team), (policy), ())
