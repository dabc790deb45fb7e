-- One row: contacts that follow another of the same customer and reason within 7 days; the lag window of the floor.
with gaps as (
    select
        started_at - lag(started_at) over (partition by customer_id, reason order by started_at, contact_id) as gap
    from loaded
)

select count(*) filter (where gap <= interval 7 day) as repeats from gaps
