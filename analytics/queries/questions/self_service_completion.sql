-- One row per reason: self-service sessions of the period with a known outcome, and those reported as completed.
select
    reason,
    sum(sessions) as sessions,
    sum(completed) as completed
from self_service_months
where month between $first_month and $last_month
group by reason
order by reason
