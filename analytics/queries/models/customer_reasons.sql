-- One row per identified customer, reason, segment, product and block of 64 months since the first month.
-- Bit m of months is set when the customer made contact in month 64 * block + m; customer_number is dense from 0, so
-- that bit_count(bitstring_agg(customer_number, 0, highest)) counts distinct customers exactly under any filter.
with reason_months as (
    select
        contacts.customer,
        contacts.reason,
        contacts.segment,
        contacts.product,
        cast(date_diff('month', extent.first_month, contacts.month) // 64 as utinyint) as block,
        bit_or(
            cast(1 as ubigint) << cast(date_diff('month', extent.first_month, contacts.month) % 64 as ubigint)
        ) as months
    from contacts
    cross join extent
    where contacts.customer is not null
    group by contacts.customer, contacts.reason, contacts.segment, contacts.product, block
)

select
    reason_months.customer,
    customer_numbers.customer_number,
    reason_months.reason,
    reason_months.segment,
    reason_months.product,
    reason_months.block,
    reason_months.months
from reason_months
inner join customer_numbers on reason_months.customer = customer_numbers.customer
