-- One row per contact to label by hand: the first 200 of each reason in the order of a hash of the contact's id.
select
    reason,
    root_cause as cause,
    contact_id,
    local_at,
    channel,
    handle_seconds,
    text
from contacts
qualify row_number() over (partition by reason order by hash(contact_id), contact_id) <= 200
order by reason, hash(contact_id)
