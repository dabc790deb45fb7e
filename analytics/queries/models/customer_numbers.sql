-- One row per identified customer with a dense number from 0, in the order of the hash.
select
    customer,
    cast(row_number() over (order by customer) - 1 as uinteger) as customer_number
from (select distinct contacts.customer from contacts where contacts.customer is not null) as customers
