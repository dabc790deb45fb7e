-- One row per month and channel: the share of contacts that $weights (by reason, cause and repeat flag) gives to one bucket.
with weights as (
    select
        unnest($weight_reasons::varchar[]) as reason,
        unnest($weight_causes::varchar[]) as cause,
        unnest($weight_repeats::boolean[]) as is_repeat,
        unnest($weights::double[]) as weight
)
select
    demand.month,
    demand.channel::varchar as channel,
    sum(demand.contacts * weights.weight) as contacts,
    sum(demand.handle_seconds * weights.weight) as handle_seconds,
    sum(demand.handle_known * weights.weight) as handle_known,
    sum(demand.not_handled * weights.weight) as not_handled,
    sum(demand.given_cost * weights.weight) as given_cost
from demand
inner join weights
    on demand.reason::varchar = weights.reason
    and demand.cause::varchar = weights.cause
    and demand.is_repeat = weights.is_repeat
where
    demand.month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by demand.month, demand.channel
order by demand.month, demand.channel
