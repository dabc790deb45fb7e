-- One row per month and channel: the share of contacts that $weights (by reason, cause and repeat flag) gives to one bucket.
-- Cells are added up before they are weighed, and each of their words is looked up once.
with weights as (
    select
        unnest($weight_reasons::varchar[]) as reason,
        unnest($weight_causes::varchar[]) as cause,
        unnest($weight_repeats::boolean[]) as is_repeat,
        unnest($weights::double[]) as weight
),

cells as (
    select
        month,
        channel,
        reason,
        cause,
        is_repeat,
        sum(contacts) as contacts,
        sum(handle_seconds) as handle_seconds,
        sum(handle_known) as handle_known,
        sum(not_handled) as not_handled,
        sum(given_cost) as given_cost
    from demand
    where
        month between $first_month and $last_month
        and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
        and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
    group by month, channel, reason, cause, is_repeat
),

marked as (
    select
        known.reason,
        known.cause,
        known.is_repeat,
        weights.weight
    from (select distinct reason, cause, is_repeat from cells) as known
    inner join weights
        on known.reason::varchar = weights.reason
        and known.cause::varchar = weights.cause
        and known.is_repeat = weights.is_repeat
)

select
    cells.month,
    cells.channel::varchar as channel,
    sum(cells.contacts * marked.weight) as contacts,
    sum(cells.handle_seconds * marked.weight) as handle_seconds,
    sum(cells.handle_known * marked.weight) as handle_known,
    sum(cells.not_handled * marked.weight) as not_handled,
    sum(cells.given_cost * marked.weight) as given_cost
from cells
inner join marked
    on cells.reason = marked.reason
    and cells.cause = marked.cause
    and cells.is_repeat = marked.is_repeat
group by cells.month, cells.channel
order by cells.month, cells.channel
