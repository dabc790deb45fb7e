-- One row per month, segment, product, reason, root cause, channel, is_repeat and initiator: sums over all contacts.
-- Month is local; cause is the cause of the issue's first contact; *_known counts the contacts where it was recorded;
-- made_by_customers leaves out what the company started and the legs of a transferred contact.
-- not_handled = abandoned without handle time: neither in handle_known nor a contact whose handle time is missing.
select
    month,
    segment,
    product,
    reason,
    root_cause as cause,
    channel,
    is_repeat,
    initiated_by,
    count(*) as contacts,
    count(*) filter (where initiated_by <> 'company' and not is_transfer_leg) as made_by_customers,
    count(customer) as identified,
    cast(coalesce(sum(handle_seconds), 0) as bigint) as handle_seconds,
    cast(coalesce(sum(cast(handle_seconds as bigint) * handle_seconds), 0) as bigint) as handle_seconds_squared,
    count(handle_seconds) filter (where handle_seconds > 0 or not coalesce(abandoned, false)) as handle_known,
    count(*) filter (where abandoned and coalesce(handle_seconds, 0) = 0) as not_handled,
    cast(coalesce(sum(wait_seconds), 0) as bigint) as wait_seconds,
    count(wait_seconds) as wait_known,
    count(*) filter (where abandoned) as abandoned,
    count(abandoned) as abandoned_known,
    count(*) filter (where resolved) as resolved,
    count(resolved) as resolved_known,
    cast(coalesce(sum(transfers), 0) as bigint) as transfers,
    count(transfers) as transfers_known,
    count(*) filter (where transfers > 0) as transferred,
    count(*) filter (where repeated_information) as repeated_information,
    count(repeated_information) as repeated_known,
    count(*) filter (where activities > 0) as value_enhanced,
    count(activities) as value_known,
    cast(coalesce(sum(cost), 0) as double) as given_cost,
    count(cost) as cost_known
from contacts
group by month, segment, product, reason, root_cause, channel, is_repeat, initiated_by
order by month, reason
