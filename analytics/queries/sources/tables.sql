-- tables of a result that tell where its rows came from and what became of the others
create table files (
    file_no smallint,
    table_name varchar,
    file varchar,
    rows_read bigint,
    rows_loaded bigint,
    rows_rejected bigint,
    rows_superseded bigint,
    rows_excluded bigint,
    bytes bigint
);
create table rejects (
    table_name varchar,
    file varchar,
    line bigint,
    column_name varchar,
    value varchar,
    reason varchar,
    outcome varchar,
    row_count bigint
);
create table emptied_counts (
    table_name varchar,
    file varchar,
    column_name varchar,
    outcome varchar,
    row_count bigint
);
create table staging.dropped (file_no smallint, source_line bigint, outcome varchar);
