-- One row per month: contacts of the selection with the sums that every monthly rate needs.
select
    month,
    sum(contacts) as contacts,
    sum(made_by_customers) as made_by_customers,
    sum(handle_seconds) as handle_seconds,
    sum(handle_known) as handle_known,
    sum(given_cost) as given_cost,
    sum(cost_known) as cost_known,
    sum(identified) as identified,
    sum(wait_seconds) as wait_seconds,
    sum(wait_known) as wait_known,
    sum(abandoned) as abandoned,
    sum(abandoned_known) as abandoned_known,
    sum(resolved) as resolved,
    sum(resolved_known) as resolved_known,
    sum(value_enhanced) as value_enhanced,
    sum(value_known) as value_known
from demand_reason_channel
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by month
order by month
