-- One row per template, kind, holdout and month sent: messages, and contacts of the same customers within 14 days
-- after. *_14d count only the messages in `observed`: customer known and 14 days of contacts seen after sending.
with messages as (
    select
        row_number() over (order by outreach.file_no, outreach.source_line) as message,
        coalesce(outreach.template, 'not given') as template,
        coalesce(outreach.kind, 'not given') as kind,
        coalesce(outreach.holdout, false) as holdout,
        cast(date_trunc('month', outreach.local_at) as date) as month,
        outreach.sent_at,
        outreach.customer,
        outreach.reason,
        coalesce(outreach.opted_out, false) as opted_out,
        outreach.customer is not null
        and outreach.sent_at >= extent.data_start
        and outreach.sent_at + interval 14 day <= extent.data_end as observed
    from outreach
    cross join extent
),

contacts_after as (
    select
        messages.message,
        count(*) as contacts,
        count(*) filter (where cast(contacts.reason as varchar) = messages.reason) as same_reason
    from messages
    inner join contacts
        on
            messages.customer = contacts.customer
            and contacts.started_at > messages.sent_at
            and contacts.started_at <= messages.sent_at + interval 14 day
    where messages.observed and contacts.is_eligible
    group by messages.message
)

select
    messages.template,
    messages.kind,
    messages.holdout,
    messages.month,
    count(*) as sent,
    count(*) filter (where messages.observed) as observed,
    count(contacts_after.message) as contacted_14d,
    cast(coalesce(sum(contacts_after.contacts), 0) as bigint) as contacts_14d,
    cast(coalesce(sum(contacts_after.same_reason), 0) as bigint) as same_reason_14d,
    count(*) filter (where messages.opted_out) as opted_out
from messages
left join contacts_after on messages.message = contacts_after.message
group by messages.template, messages.kind, messages.holdout, messages.month
order by messages.template, messages.month
