-- One row: the highest customer number, so that distinct customers can be counted in a bitmap.
select coalesce(max(customer_number), 0) as highest
from customer_reasons
