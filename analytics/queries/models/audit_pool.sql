-- One row per contact to label by hand: the first 200 of each reason in the order of a hash of the contact's id.
-- Only hashes below a bound that leaves about 2,000 contacts of a reason are ranked, so that nothing large is sorted.
with reason_contacts as (
    select
        contacts.reason,
        least(1.0, 2000.0 / count(*)) as share
    from contacts
    group by contacts.reason
)

select
    contacts.reason,
    cast(contacts.root_cause as varchar) as cause,
    contacts.contact_id,
    contacts.local_at,
    contacts.channel,
    contacts.handle_seconds,
    contacts.text
from contacts
inner join reason_contacts on contacts.reason = reason_contacts.reason
where hash(contacts.contact_id) % 1000003 <= reason_contacts.share * 1000003
qualify row_number() over (partition by contacts.reason order by hash(contacts.contact_id), contacts.contact_id) <= 200
order by contacts.reason, hash(contacts.contact_id)
