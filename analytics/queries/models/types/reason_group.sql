-- The 60 reasons with most contacts, and 'other' for the rest: the reasons of cubes that would grow too large.
with ranked as (
    select
        value as name,
        row_number() over (order by contacts desc, value) as place
    from dimension_values
    where dimension = 'reason' and value is not null
),

names as (
    select name
    from ranked
    where place <= 60
    union
    select 'other'
)

select name from names order by name
