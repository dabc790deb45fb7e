-- One row per month (months since the data's first month): customers whose first contact of the period it is.
select
    month_number,
    sum(customers) as customers
from customer_returns
where
    reason is null
    and month_number between $first_number and $last_number
    and seen_before < $first_number
group by month_number
order by month_number
