-- Every reason that occurs, in alphabetical order.
with names as (
    select value as name
    from dimension_values
    where dimension = 'reason' and value is not null
)

select name from names order by name
