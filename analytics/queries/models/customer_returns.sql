-- One row per reason (NULL = all reasons), month number and number of the month the customer was last seen before (-1 = never):
-- customers. Different customers of the months a to b = sum of customers where month_number is a to b and seen_before < a.
with masks as (
    select
        reason,
        customer_number,
        block,
        bit_or(months) as months
    from customer_reasons
    group by reason, customer_number, block
    union all
    select
        null as reason,
        customer_number,
        block,
        bit_or(months) as months
    from customer_months
    group by customer_number, block
),

seen_earlier as (
    select
        later.reason,
        later.customer_number,
        later.block,
        max(
            earlier.block * 64
            + list_max(list_filter(range(64), lambda place: (earlier.months >> place) & 1 = 1))
        ) as month_number
    from masks as later
    inner join masks as earlier
        on
            later.customer_number = earlier.customer_number
            and later.reason is not distinct from earlier.reason
            and later.block > earlier.block
    where later.block > 0
    group by later.reason, later.customer_number, later.block
),

patterns as (
    select
        masks.reason,
        masks.block,
        coalesce(seen_earlier.month_number, -1) as seen_before,
        list_filter(range(64), lambda place: (masks.months >> place) & 1 = 1) as places,
        count(*) as customers
    from masks
    left join seen_earlier
        on
            masks.customer_number = seen_earlier.customer_number
            and masks.reason is not distinct from seen_earlier.reason
            and masks.block = seen_earlier.block
    group by masks.reason, masks.block, seen_before, masks.months
),

visits as (
    select
        reason,
        block,
        seen_before,
        places,
        customers,
        unnest(range(1, len(places) + 1)) as visit
    from patterns
)

select
    reason,
    cast(block * 64 + places[visit] as smallint) as month_number,
    cast(case when visit = 1 then seen_before else block * 64 + places[visit - 1] end as smallint) as seen_before,
    cast(sum(customers) as bigint) as customers
from visits
group by all
order by all
