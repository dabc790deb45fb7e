-- One row per reason and team: contacts of the selection where hand-offs are known, and those that were handed on.
select
    reason::varchar as reason,
    team::varchar as team,
    sum(transferred) as transferred,
    sum(transfers_known) as transfers_known
from teams
where
    month between $first_month and $last_month
    and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
    and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
group by reason, team
order by teams.reason, teams.team
