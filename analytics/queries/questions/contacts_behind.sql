-- One row per contact behind a figure, newest first: a page of $row_limit rows from $row_offset on.
with page as (
    select
        rowid as place,
        local_at,
        file_no,
        source_line
    from contacts
    where
        month between $first_month and $last_month
        and (len($segments::varchar[]) = 0 or list_contains($segments::varchar[], segment::varchar))
        and (len($products::varchar[]) = 0 or list_contains($products::varchar[], product::varchar))
        and (
            len($cell_reasons::varchar[]) = 0
            or (reason::varchar, root_cause::varchar, is_repeat) in (
                select(
                    unnest($cell_reasons::varchar[]), unnest($cell_causes::varchar[]), unnest($cell_repeats::boolean[])
                )
            )
        )
        and (len($reasons::varchar[]) = 0 or reason::varchar in (select unnest($reasons::varchar[])))
        and (len($causes::varchar[]) = 0 or root_cause::varchar in (select unnest($causes::varchar[])))
        and (len($channels::varchar[]) = 0 or channel::varchar in (select unnest($channels::varchar[])))
        and (len($teams::varchar[]) = 0 or team::varchar in (select unnest($teams::varchar[])))
        and (len($policies::varchar[]) = 0 or policy::varchar in (select unnest($policies::varchar[])))
        and (len($repeats::boolean[]) = 0 or is_repeat in (select unnest($repeats::boolean[])))
    order by local_at desc, file_no, source_line
    limit $row_limit offset $row_offset
)

select
    contacts.contact_id,
    contacts.local_at as started_at,
    contacts.channel::varchar as channel,
    contacts.reason::varchar as reason,
    contacts.root_cause::varchar as cause,
    contacts.is_repeat,
    contacts.segment::varchar as segment,
    contacts.product::varchar as product,
    contacts.team::varchar as team,
    contacts.handle_seconds,
    contacts.wait_seconds,
    contacts.resolved,
    contacts.transfers,
    case when contacts.customer is not null then left(lower(to_hex(contacts.customer)), 6) end as customer,
    left(contacts."text", 300) as "text"
from page
inner join contacts on page.place = contacts.rowid
order by page.local_at desc, page.file_no, page.source_line
