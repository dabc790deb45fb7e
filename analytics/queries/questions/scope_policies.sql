-- One row per policy that held contacts of the period, most contacts first.
select policy::varchar as policy
from policies_cube
where month between $first_month and $last_month
group by policy
order by sum(contacts) desc, policies_cube.policy
