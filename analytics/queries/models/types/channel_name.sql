-- Every channel that occurs, in alphabetical order.
with names as (
    select value as name
    from dimension_values
    where dimension = 'channel' and value is not null
)

select name from names order by name
