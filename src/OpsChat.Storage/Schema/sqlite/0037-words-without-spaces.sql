-- Chinese, Japanese, Thai and their like put no spaces between words: in a second index each of their signs stands alone, so that a word is
-- found wherever it stands, as signs that follow one another. It has the lines with such signs only, and no copy of them.
create view search_scripts as select '[' || signs || ']' as one, '*[' || signs || ']*' as any_of from (select
    char(0x0e00) || '-' || char(0x0eff) || char(0x1000) || '-' || char(0x109f) || char(0x1100) || '-' || char(0x11ff)
    || char(0x1780) || '-' || char(0x17ff) || char(0x2e80) || '-' || char(0xd7af) || char(0xf900) || '-' || char(0xfaff)
    || char(0xff66) || '-' || char(0xff9f) || char(0x20000) || '-' || char(0x3ffff) as signs);
create view search_signs_texts as select t.id as id, (
    with recursive places (at) as (select 1 union all select at + 1 from places where at < length(t.words))
    select group_concat(case when sign glob s.one then ' ' || sign || ' ' else sign end, '' order by at)
    from (select at, substr(t.words, at, 1) as sign from places)) as words
    from search_texts t, search_scripts s where t.words glob s.any_of;
create virtual table search_signs using fts5 (
    words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'", prefix='2 3');
insert into search_signs (rowid, words) select id, words from search_signs_texts;
create trigger search_lines_signs after insert on search_lines begin
    insert into search_signs (rowid, words) select id, words from search_signs_texts where id = new.id; end;
create trigger search_lines_signs_lost after delete on search_lines begin
    delete from search_signs where rowid = old.id; end;
