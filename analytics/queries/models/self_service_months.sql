-- One row per local month and reason of self-service: sessions with a known outcome, and those reported as completed.
select
    cast(date_trunc('month', local_at) as date) as month,
    reason,
    count(*) as sessions,
    count(*) filter (where outcome = 'completed') as completed
from self_service
where local_at is not null and reason is not null and outcome is not null
group by date_trunc('month', local_at), reason
order by month, reason
