-- One row per reason the company described: its name for people, whether it is sensitive, its class and owner.
select
    reason,
    max(label) as label,
    bool_or(coalesce(sensitive, false)) as sensitive,
    max("class") as class,
    max(owner) as owner
from reasons
where reason is not null
group by reason
order by reason
