-- One row per fact the import wrote about the result as a whole: period, window, currency, time of building.
select
    key,
    value
from meta
