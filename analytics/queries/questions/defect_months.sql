-- One row per product and month of the selection: contacts customers made because of a defect, and active customers.
with caused as (
    select
        month,
        coalesce(product::varchar, 'not given') as product,
        sum(made_by_customers) as contacts
    from demand_reason_cause
    where
        cause::varchar = 'defect'
        and month between $first_month and $last_month
        and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
        and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
    group by month, product
),

units as (
    select
        month,
        coalesce(product::varchar, 'not given') as product,
        sum(customers) as customers
    from active
    where
        month between $first_month and $last_month
        and (
            len($segments::varchar[]) = 0
            or list_contains($segments::varchar[], coalesce(segment::varchar, 'not given'))
        )
        and (
            len($products::varchar[]) = 0
            or list_contains($products::varchar[], coalesce(product::varchar, 'not given'))
        )
    group by month, product
)

select
    coalesce(caused.product, units.product) as product,
    coalesce(caused.month, units.month) as month,
    coalesce(caused.contacts, 0) as contacts,
    coalesce(units.customers, 0) as customers
from caused
full outer join units on caused.month = units.month and caused.product = units.product
order by product, month
