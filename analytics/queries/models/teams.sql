-- One row per team, month, segment, product and reason: contacts, repeats (mature contacts only), resolution,
-- transfers.
select
    team,
    month,
    segment,
    product,
    reason,
    count(*) as contacts,
    count(*) filter (where is_eligible and is_mature) as eligible_mature,
    count(*) filter (where has_repeat and is_mature) as has_repeat,
    count(*) filter (where resolved) as resolved,
    count(resolved) as resolved_known,
    count(*) filter (where transfers > 0) as transferred,
    count(transfers) as transfers_known
from contacts
where cast(team as varchar) <> 'not given'
group by team, month, segment, product, reason
order by month, team
