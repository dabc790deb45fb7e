-- One row per identified customer, reason, segment, product and block of 64 months since the first month.
-- Bit m of months is set when the customer made contact in month 64 * block + m; customer_number is dense from 0.
select
    contacts.customer,
    customer_numbers.customer_number,
    reason,
    segment,
    product,
    cast(date_diff('month', extent.first_month, contacts.month) // 64 as utinyint) as block,
    bit_or(cast(1 as ubigint) << (date_diff('month', extent.first_month, contacts.month) % 64)) as months
from contacts
inner join customer_numbers on contacts.customer = customer_numbers.customer
cross join extent
group by contacts.customer, customer_numbers.customer_number, reason, segment, product, block
