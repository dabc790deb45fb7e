-- Every segment that occurs among contacts or customers, in alphabetical order.
with names as (
    select value as name
    from dimension_values
    where dimension = 'segment' and value is not null
    union
    select segment
    from customers
    where segment is not null
    union
    select 'not given'
)

select name from names order by name
