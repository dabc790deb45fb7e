-- One row per cell of index contacts: segment, product, channel, effort 1 to 7, resolved, repeated information, band of
-- tenure, value-enhanced and replicate group; customers, and how many of them stayed the 12 months (365 days) after.
-- Index contact = a customer's first contact with an answer about effort whose 365 days have passed, while a customer.
-- tenure_band: 0 = under 6 months, 1 = under 12, 2 = under 24, 3 = under 48, 4 = longer; -1 = day of joining not known.
with people as (
    select
        customers.customer,
        min(customers.joined_at) as joined_at,
        max(customers.left_at) as left_at
    from customers
    where customers.customer is not null
    group by customers.customer
),

index_contacts as (
    select
        survey_contacts.segment,
        survey_contacts.product,
        survey_contacts.channel,
        survey_contacts.effort,
        survey_contacts.resolved,
        survey_contacts.repeated_information,
        survey_contacts.value_enhanced,
        survey_contacts.replicate_group,
        date_diff('month', people.joined_at, survey_contacts.contact_day) as tenure,
        coalesce(people.left_at > survey_contacts.contact_day + 365, true) as stayed
    from survey_contacts
    inner join people on survey_contacts.contact_customer = people.customer
    cross join extent
    where
        survey_contacts.effort is not null
        and survey_contacts.value_enhanced is not null
        and survey_contacts.contact_day + 365 <= extent.last_day
        and coalesce(people.left_at > survey_contacts.contact_day, true)
    qualify
        row_number() over (
            partition by people.customer
            order by
                survey_contacts.contacted_at, survey_contacts.contact_id, survey_contacts.effort,
                survey_contacts.repeated_information
        ) = 1
)

select
    segment,
    product,
    channel,
    effort,
    resolved,
    repeated_information,
    cast(case
        when tenure is null then -1
        when tenure < 6 then 0
        when tenure < 12 then 1
        when tenure < 24 then 2
        when tenure < 48 then 3
        else 4
    end as tinyint) as tenure_band,
    value_enhanced,
    replicate_group,
    count(*) as customers,
    count(*) filter (where stayed) as stayed
from index_contacts
group by
    segment, product, channel, effort, resolved, repeated_information, tenure_band, value_enhanced, replicate_group
