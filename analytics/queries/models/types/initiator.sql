-- Who started a contact.
select unnest(['customer', 'company', 'predicted']) as name
