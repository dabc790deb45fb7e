-- One row per month and reason: contacts that customers made, of the selection.
select
    month,
    reason::varchar as reason,
    sum(made_by_customers) as contacts
from demand_reason_channel
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by month, reason
order by demand_reason_channel.month, demand_reason_channel.reason
