-- One row per survey, with the contact it was about where the file says so; a survey never meets two contacts.
with named_contacts as (
    select
        contacts.contact_id,
        contacts.customer,
        contacts.local_at,
        contacts.channel,
        contacts.reason,
        contacts.segment,
        contacts.product,
        contacts.is_repeat,
        contacts.resolved,
        contacts.repeated_information,
        contacts.activities,
        contacts.replicate_group
    from contacts
    where contacts.contact_id in (select surveys.contact_id from surveys)
    qualify row_number() over (partition by contacts.contact_id order by contacts.file_no, contacts.source_line) = 1
),

named_customers as (
    select
        customers.customer,
        min(customers.segment) as segment
    from customers
    group by customers.customer
)

select
    cast(date_trunc('month', surveys.local_at) as date) as month,
    coalesce(
        named_contacts.segment, cast(named_customers.segment as segment_name), cast('not given' as segment_name)
    ) as segment,
    coalesce(named_contacts.product, cast('not given' as product_name)) as product,
    named_contacts.reason,
    named_contacts.channel,
    named_contacts.contact_id is not null as has_contact,
    named_contacts.contact_id,
    named_contacts.customer as contact_customer,
    named_contacts.local_at as contacted_at,
    cast(named_contacts.local_at as date) as contact_day,
    named_contacts.is_repeat,
    named_contacts.resolved,
    coalesce(surveys.repeated_information, named_contacts.repeated_information) as repeated_information,
    named_contacts.activities > 0 as value_enhanced,
    cast(
        coalesce(named_contacts.replicate_group, hash(surveys.customer, surveys.file_no, surveys.source_line) % 32)
        as utinyint
    ) as replicate_group,
    cast(round(surveys.effort) as tinyint) as effort,
    cast(round(surveys.csat) as tinyint) as csat,
    cast(round(surveys.nps) as tinyint) as nps,
    surveys.problem,
    surveys.problem_reason
from surveys
left join named_contacts on surveys.contact_id = named_contacts.contact_id
left join named_customers on surveys.customer = named_customers.customer
