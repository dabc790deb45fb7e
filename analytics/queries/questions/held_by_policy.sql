-- One row per reason: contacts a policy held for an approval in the period.
select
    reason::varchar as reason,
    sum(blocked) as blocked
from policies_cube
where month between $first_month and $last_month
group by reason
order by reason
