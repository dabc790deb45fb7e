-- One row per reason: self-service sessions of the period with a known outcome, and those reported as completed.
select
    reason::varchar as reason,
    count(*) as sessions,
    count(*) filter (where outcome = 'completed') as completed
from self_service
where
    date_trunc('month', local_at) between $first_month and $last_month
    and reason is not null
    and outcome is not null
group by reason
order by self_service.reason
