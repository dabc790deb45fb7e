-- One row per month, segment, product, effort 1 to 7 and replicate group: the answers of effort, rolled up.
select
    month,
    segment,
    product,
    effort,
    replicate_group,
    cast(sum(answers) as bigint) as answers
from effort
group by month, segment, product, effort, replicate_group
order by month
