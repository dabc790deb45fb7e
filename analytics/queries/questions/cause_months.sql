-- One row per month, reason and root cause: contacts that customers made, of the selection.
select
    month,
    reason::varchar as reason,
    cause::varchar as cause,
    sum(made_by_customers) as contacts,
    sum(handle_seconds) as handle_seconds,
    sum(handle_known) as handle_known
from demand_reason_cause
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by month, reason, cause
order by demand_reason_cause.month, demand_reason_cause.reason, demand_reason_cause.cause
