-- One row per reason, and one for all together (reason NULL): different customers of the months $first_number to $last_number.
-- Unfiltered; months are counted from the data's first month, and each customer counts where first seen in the period.
select
    reason::varchar as reason,
    sum(customers) as customers
from customer_returns
where
    month_number between $first_number and $last_number
    and seen_before < $first_number
group by reason
order by customer_returns.reason
