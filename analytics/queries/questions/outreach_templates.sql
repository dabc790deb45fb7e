-- One row per template, kind and holdout: messages of the period and contacts of the same customers within 14 days.
select
    template,
    kind,
    holdout,
    sum(sent) as sent,
    sum(observed) as observed,
    sum(contacted_14d) as contacted_14d,
    sum(contacts_14d) as contacts_14d,
    sum(same_reason_14d) as same_reason_14d,
    sum(opted_out) as opted_out
from outreach_after
where month between $first_month and $last_month
group by template, kind, holdout
order by template, kind, holdout
