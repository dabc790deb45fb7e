-- Every policy that occurs, in alphabetical order.
with names as (
    select value as name
    from dimension_values
    where dimension = 'policy' and value is not null
    union
    select 'not given'
)

select name from names order by name
