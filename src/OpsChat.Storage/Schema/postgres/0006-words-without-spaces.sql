-- Chinese, Japanese, Thai and their like put no spaces between words: each of their signs stands in the index alone, so that a word is found
-- wherever it stands, as signs that follow one another.
create or replace function search_plain(text) returns text language sql immutable strict parallel safe as $$
    select trim(regexp_replace(regexp_replace(regexp_replace(
        normalize(lower($1 collate "und-x-icu"), NFKD), '[\u0300-\u036f]+', '', 'g') collate "und-x-icu",
        '[^[:alnum:]\u0e31-\u0e4e\u0eb1-\u0ecd\u102b-\u109d\u17b4-\u17d3]+', ' ', 'g'),
        '([\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]) *', ' \1 ', 'g')) $$;
create or replace function search_vector(text) returns tsvector language sql immutable strict as $$
    select coalesce(string_agg('''' || left(word, 200) || ''':' || place, ' '), '')::tsvector
    from regexp_split_to_table(search_plain($1), ' +') with ordinality as parts (word, place) where word <> '' $$;
create or replace function search_query(text) returns tsquery language sql immutable strict as $$
    select string_agg('(' || (select string_agg('''' || left(word, 200) || '''', ' <-> ' order by place)
        from regexp_split_to_table(search_plain(term), ' +') with ordinality as parts (word, place)) || ':*)', ' & ')::tsquery
    from regexp_split_to_table($1, ' +') term where search_plain(term) <> '' $$;
delete from search;
insert into search (rowid, words) select l.id, search_vector(coalesce(l.words, i.text, o.text, n.text, '')) from search_lines l
    left join inbox i on i.id = l.ref left join outbox o on o.id = l.ref left join internal_notes n on n.id = l.ref;
