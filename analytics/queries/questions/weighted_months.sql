-- One row per month and channel: the share of contacts that $weights (by reason, cause and repeat flag) gives to one bucket.
with weights as (
    select
        unnest($weight_reasons::varchar[]) as reason,
        unnest($weight_causes::varchar[]) as cause,
        unnest($weight_repeats::boolean[]) as is_repeat,
        unnest($weights::double[]) as weight
),

marked as (
    select
        cells.reason,
        cells.cause,
        cells.is_repeat,
        weights.weight
    from (select distinct reason, cause, is_repeat from demand) as cells
    inner join weights
        on cells.reason::varchar = weights.reason
        and cells.cause::varchar = weights.cause
        and cells.is_repeat = weights.is_repeat
)

select
    demand.month,
    demand.channel::varchar as channel,
    sum(demand.contacts * marked.weight) as contacts,
    sum(demand.handle_seconds * marked.weight) as handle_seconds,
    sum(demand.handle_known * marked.weight) as handle_known,
    sum(demand.not_handled * marked.weight) as not_handled,
    sum(demand.given_cost * marked.weight) as given_cost
from demand
inner join marked
    on demand.reason = marked.reason
    and demand.cause = marked.cause
    and demand.is_repeat = marked.is_repeat
where
    demand.month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by demand.month, demand.channel
order by demand.month, demand.channel
