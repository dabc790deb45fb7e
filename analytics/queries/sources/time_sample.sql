-- one row per word of the temporary view time_words that does not begin with year and dash, at most 200
select word
from time_words
where
    word is not null
    and substr(word, 5, 1) <> '-'
limit 200
