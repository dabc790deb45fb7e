-- One row per reason and root cause: contacts, issues begun (contacts that repeat nothing) and outcomes, unfiltered.
select
    reason::varchar as reason,
    cause::varchar as cause,
    sum(contacts) as contacts,
    sum(contacts) filter (where not is_repeat) as issues,
    sum(contacts) filter (where is_repeat) as repeats,
    sum(handle_seconds) as handle_seconds,
    sum(handle_seconds_squared) as handle_seconds_squared,
    sum(handle_known) as handle_known,
    sum(transferred) as transferred,
    sum(transfers_known) as transfers_known
from demand
where month between $first_month and $last_month
group by reason, cause
order by reason, cause
