-- One row per table beside contacts: how many rows it holds.
select 'surveys' as table_name, count(*) as rows from surveys
union all
select 'customers', count(*) from customers
union all
select 'active_customers', count(*) from active_customers
union all
select 'self_service', count(*) from self_service
union all
select 'outreach', count(*) from outreach
union all
select 'agents', count(*) from agents
union all
select 'policies', count(*) from policies
union all
select 'events', count(*) from events
union all
select 'reasons', count(*) from reasons
union all
select 'budget', count(*) from budget
