-- macros that turn the words of a file into typed values; what cannot be read becomes null
-- a word that begins and ends with a printed ASCII character has nothing to trim; asking so is three times faster
create or replace temp macro trimmed(word) as
    case
        when word >= '!' and word < chr(127) and word[-1] between '!' and '~' then word
        else trim(word, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(65279))
    end;

create or replace temp macro is_among(word, words) as
    coalesce(list_position(words, word), 0) > 0;

create or replace temp macro clean(word, null_words, longest) as
    case
        when strlen(trimmed(word)) <= longest and is_among(trimmed(word), null_words) then null
        else trimmed(word)
    end;

create or replace temp macro finite(number) as
    case when isfinite(number) then number end;

create or replace temp macro as_number(word, decimal_comma) as
    case
        when decimal_comma and regexp_full_match(word, '[+-]?[0-9]{1,3}([.][0-9]{3})+(,[0-9]+)?')
            then try_cast(replace(replace(word, '.', ''), ',', '.') as double)
        when decimal_comma and regexp_full_match(word, '[+-]?[0-9]*(,[0-9]+)?')
            then try_cast(replace(word, ',', '.') as double)
        when decimal_comma then null
        when contains(word, ',') and regexp_full_match(word, '[+-]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?')
            then try_cast(replace(word, ',', '') as double)
        else try_cast(word as double)
    end;

create or replace temp macro as_money(word, decimal_comma) as
    as_number(trim(regexp_replace(word, '[€$£¥]|^[A-Z]{3} | [A-Z]{3}$', '', 'g')), decimal_comma);

create or replace temp macro clock_seconds(word) as
    (case when starts_with(word, '-') then -1 else 1 end) * case
        when regexp_full_match(word, '-?[0-9]+:[0-5]?[0-9]:[0-5]?[0-9]([.,][0-9]+)?')
            then
                try_cast(ltrim(split_part(word, ':', 1), '-') as double) * 3600
                + try_cast(split_part(word, ':', 2) as double) * 60
                + try_cast(replace(split_part(word, ':', 3), ',', '.') as double)
        when regexp_full_match(word, '-?[0-9]+:[0-5]?[0-9]')
            then
                try_cast(ltrim(split_part(word, ':', 1), '-') as double) * 60
                + try_cast(split_part(word, ':', 2) as double)
    end;

create or replace temp macro as_seconds(word, seconds_in_unit, decimal_comma) as
    case
        when contains(word, ':') then clock_seconds(word)
        else as_number(word, decimal_comma) * seconds_in_unit
    end;

create or replace temp macro between_or_null(number, lowest, highest) as
    case when number between lowest and highest then number end;

create or replace temp macro as_count(number) as
    case when number >= 0 and number < 1e15 and number = floor(number) then cast(number as bigint) end;

create or replace temp macro as_flag(word, yes_words, no_words) as
    case
        when is_among(lower(word), yes_words) then true
        when is_among(lower(word), no_words) then false
    end;

create or replace temp macro as_known(word, known_words) as
    case when is_among(lower(word), known_words) then lower(word) else word end;

create or replace temp macro as_listed(word, known_words) as
    case when is_among(lower(word), known_words) then lower(word) end;

create or replace temp macro rescaled(score, lowest, highest, new_lowest, new_highest) as
    new_lowest + (score - lowest) * (new_highest - new_lowest) / (highest - lowest);

create or replace temp macro hashed(word, salt) as
    cast('0x' || left(sha256(salt || word), 16) as ubigint);

create or replace temp macro as_wall_clock(word, formats) as
    case
        when substr(word, 5, 1) = '-' then try_cast(word as timestamp)
        else try_strptime(word, formats)
    end;

create or replace temp macro has_offset(word) as
    regexp_matches(word, '[0-9]:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)? ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$');

create or replace temp macro offset_utc(word) as
    timezone('UTC', try_cast(word as timestamptz));

create or replace temp macro to_utc(wall_clock, zone) as
    timezone('UTC', timezone(zone, wall_clock));

create or replace temp macro to_zone(utc, zone) as
    timezone(zone, timezone('UTC', utc));

create or replace temp macro plausible_time(utc, latest) as
    case when utc between timestamp '1970-01-02' and latest then utc end;
