-- One row per month, segment and product: active customers, as given; else counted from the customers' first and last
-- day. A customer is active in a month when joined by its last day and not gone before its first; no date means no
-- limit.
with given as (
    select
        cast(date_trunc('month', active_customers.month) as date) as month,
        coalesce(active_customers.segment, 'not given') as segment,
        coalesce(active_customers.product, 'not given') as product,
        cast(sum(active_customers.count) as bigint) as customers
    from active_customers
    group by date_trunc('month', active_customers.month), active_customers.segment, active_customers.product
),

months as (
    select cast(unnest(generate_series(first_month, last_month, interval 1 month)) as date) as month
    from extent
),

counted as (
    select
        months.month,
        coalesce(customers.segment, 'not given') as segment,
        'not given' as product,
        count(*) as customers
    from months
    inner join customers
        on
            coalesce(customers.joined_at < months.month + interval 1 month, true)
            and coalesce(customers.left_at >= months.month, true)
    where not exists (select 1 from given)
    group by months.month, customers.segment
)

select month, segment, product, customers from given
union all
select month, segment, product, customers from counted
where exists (select 1 from customers where customers.joined_at is not null)
order by month, segment, product
