-- One row per policy and reason: contacts held for an approval in the period.
select
    policy::varchar as policy,
    reason::varchar as reason,
    sum(blocked) as blocked
from policies_cube
where month between $first_month and $last_month
group by policy, reason
having sum(blocked) > 0
order by policies_cube.policy, policies_cube.reason
