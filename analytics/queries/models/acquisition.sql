-- One row per acquisition channel, segment and replicate group of the customers table: customers, the contacts they
-- made, and months as a customer. Months count from the later of joining and the first month of contacts to the earlier of leaving and their
-- last month.
with contacts_of as (
    select
        contacts.customer,
        count(*) as contacts
    from contacts
    where
        contacts.customer is not null
        and contacts.initiated_by <> 'company'
        and not contacts.is_transfer_leg
    group by contacts.customer
)

select
    coalesce(customers.acquisition_channel, 'not given') as acquisition_channel,
    coalesce(customers.segment, 'not given') as segment,
    cast(coalesce(customers.customer, 0) % 32 as utinyint) as replicate_group,
    count(*) as customers,
    cast(coalesce(sum(contacts_of.contacts), 0) as bigint) as contacts,
    cast(coalesce(sum(greatest(
        0,
        date_diff(
            'month',
            greatest(coalesce(date_trunc('month', customers.joined_at), extent.first_month), extent.first_month),
            least(coalesce(date_trunc('month', customers.left_at), extent.last_month), extent.last_month)
        ) + 1
    )), 0) as bigint) as months_active
from customers
cross join extent
left join contacts_of on customers.customer = contacts_of.customer
group by customers.acquisition_channel, customers.segment, coalesce(customers.customer, 0) % 32
order by acquisition_channel, segment, replicate_group
