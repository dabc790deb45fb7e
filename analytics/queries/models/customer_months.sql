-- One row per identified customer, segment, product and block of 64 months: customer_reasons over all reasons.
select
    customer_number,
    segment,
    product,
    block,
    bit_or(months) as months
from customer_reasons
group by customer_number, segment, product, block
