-- one row: how the words of the temporary view time_words write their dates, with one example of each order
with words as (
    select
        line,
        word,
        substr(word, 5, 1) = '-' as is_year_first,
        has_offset(word) as is_offset
    from time_words
    where word is not null
),

parts as (
    select
        line,
        word,
        is_year_first,
        is_offset,
        case
            when not is_year_first
                then regexp_extract(word, '^([0-9]{1,2})([./ -])([0-9]{1,2})[./ -][0-9]', ['one', 'mark', 'two'])
        end as part
    from words
),

numbers as (
    select
        line,
        word,
        is_year_first,
        is_offset,
        part.mark = '.' as is_dotted,
        try_cast(part.one as integer) as one,
        try_cast(part.two as integer) as two
    from parts
)

select
    count(*) filter (where one between 13 and 31 and two between 1 and 12) as day_first,
    count(*) filter (where two between 13 and 31 and one between 1 and 12) as month_first,
    count(*) filter (where one between 1 and 12 and two between 1 and 12) as either,
    count(*) filter (where is_dotted) as dotted,
    count(*) filter (where is_offset) as with_offset,
    min(line) filter (where one between 13 and 31 and two between 1 and 12) as day_first_line,
    arg_min(word, line) filter (where one between 13 and 31 and two between 1 and 12) as day_first_word,
    min(line) filter (where two between 13 and 31 and one between 1 and 12) as month_first_line,
    arg_min(word, line) filter (where two between 13 and 31 and one between 1 and 12) as month_first_word,
    min(line) filter (where one between 1 and 12 and two between 1 and 12) as either_line,
    arg_min(word, line) filter (where one between 1 and 12 and two between 1 and 12) as either_word
from numbers
