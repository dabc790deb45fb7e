-- One row per policy, reason, month and amount band (floor of 4 * log2 of the amount; NULL when none is given).
-- blocked = held for an approval; repeats = mature contacts followed by another in the same issue.
select
    policy,
    reason,
    month,
    cast(case when amount > 0 then floor(4 * log2(cast(amount as double))) end as smallint) as amount_band,
    count(*) as contacts,
    count(*) filter (where authorisation_wait_seconds > 0) as blocked,
    cast(coalesce(sum(authorisation_wait_seconds), 0) as bigint) as authorisation_wait_seconds,
    count(*) filter (where has_repeat and is_mature) as repeats,
    count(*) filter (where is_eligible and is_mature) as eligible_mature,
    cast(coalesce(sum(handle_seconds), 0) as bigint) as handle_seconds,
    cast(coalesce(sum(amount), 0) as double) as amount
from contacts
where cast(policy as varchar) <> 'not given'
group by policy, reason, month, amount_band
order by policy, month
