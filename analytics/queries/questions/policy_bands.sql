-- One row per policy and amount band: contacts, those held for an approval, waiting time, repeats; with owner and limit.
with bands as (
    select
        policy::varchar as policy,
        amount_band,
        sum(contacts) as contacts,
        sum(blocked) as blocked,
        sum(authorisation_wait_seconds) as authorisation_wait_seconds,
        sum(repeats) as repeats,
        sum(eligible_mature) as eligible_mature,
        sum(handle_seconds) as handle_seconds,
        sum(amount) as amount
    from policies_cube
    where month between $first_month and $last_month
    group by policy, amount_band
),

known_policies as (
    select
        policy,
        max(owner) as owner,
        max(last_review) as last_review,
        max(approval_limit) as approval_limit,
        max(loss_probability) as loss_probability
    from policies
    group by policy
)

select
    bands.policy,
    bands.amount_band,
    bands.contacts,
    bands.blocked,
    bands.authorisation_wait_seconds,
    bands.repeats,
    bands.eligible_mature,
    bands.handle_seconds,
    bands.amount,
    known_policies.owner,
    known_policies.last_review,
    known_policies.approval_limit,
    known_policies.loss_probability
from bands
left join known_policies on bands.policy = known_policies.policy
order by bands.policy, bands.amount_band
