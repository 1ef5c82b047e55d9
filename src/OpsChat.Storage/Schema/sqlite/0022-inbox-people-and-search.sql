-- What people keep about a conversation among themselves, who they are, and the words by which conversations are found: an index without a
-- copy of the text, kept by the database itself in the transaction that stores, changes or erases a line.
create table handling (
    conversation text primary key, assigned text, snoozed_until bigint, priority integer not null default 0, tags text not null default '[]');
create index handling_assigned on handling (assigned) where assigned is not null;
create table internal_notes (id text primary key, conversation text not null, who text not null, text text not null, at bigint not null);
create index internal_notes_of on internal_notes (conversation, at);
create table saved_views (who text not null, name text not null, query text not null, primary key (who, name));
create table people (
    name text primary key, role text not null, max_amount text, key text not null, added_at bigint not null, added_by text not null, seen_at bigint);
create index audit_who on audit (who, seq);
create trigger handling_added after insert on handling begin
    insert into changes (kind, conversation, id) values ('handling', new.conversation, new.conversation); end;
create trigger handling_changed after update on handling begin
    insert into changes (kind, conversation, id) values ('handling', new.conversation, new.conversation); end;
create trigger internal_notes_added after insert on internal_notes begin
    insert into changes (kind, conversation, id) values ('note', new.conversation, new.id); end;
create trigger taken_over after update of taken_over_until on conversations when new.taken_over_until is not old.taken_over_until begin
    insert into changes (kind, conversation, id) values ('handling', new.id, new.id); end;
create trigger inbox_wakes after insert on inbox begin
    update handling set snoozed_until = null where conversation = new.conversation and snoozed_until is not null; end;

create table search_lines (id integer primary key, ref text not null unique, conversation text not null, words text);
create index search_lines_of on search_lines (conversation);
create view search_texts as
    select l.id as id, i.text as words from search_lines l join inbox i on i.id = l.ref union all
    select l.id, o.text from search_lines l join outbox o on o.id = l.ref union all
    select l.id, n.text from search_lines l join internal_notes n on n.id = l.ref union all
    select l.id, l.words from search_lines l where l.words is not null;
create virtual table search using fts5 (
    words, content='search_texts', content_rowid='id', tokenize="unicode61 remove_diacritics 2", prefix='2 3');
insert into search_lines (ref, conversation, words) select c.id, c.id, coalesce(c.name, '') || ' ' || c.customer || ' ' || coalesce((select group_concat(value, ' ') from json_each(c.identity, '$.proven')), '')
        || ' ' || coalesce((select group_concat(value, ' ') from json_each(c.identity, '$.emails')), '') from conversations c where c.channel <> 'forgotten';
insert into search_lines (ref, conversation) select id, conversation from (
    select id, conversation, received_at as at from inbox where text <> '' union all
    select id, conversation, created_at as at from outbox where text <> '' and state = 'Sent') order by at;
insert into search (search) values ('rebuild');
create trigger inbox_found after insert on inbox when new.text <> '' begin
    insert into search_lines (ref, conversation) values (new.id, new.conversation);
    insert into search (rowid, words) select id, new.text from search_lines where ref = new.id; end;
create trigger internal_notes_found after insert on internal_notes when new.text <> '' begin
    insert into search_lines (ref, conversation) values (new.id, new.conversation);
    insert into search (rowid, words) select id, new.text from search_lines where ref = new.id; end;
create trigger inbox_found_anew after update of text, conversation on inbox when new.text <> old.text or new.conversation <> old.conversation begin
    insert into search (search, rowid, words) select 'delete', id, old.text from search_lines where ref = old.id;
    delete from search_lines where ref = old.id;
    insert into search_lines (ref, conversation) select new.id, new.conversation where new.text <> '';
    insert into search (rowid, words) select id, new.text from search_lines where ref = new.id; end;
create trigger internal_notes_lost after delete on internal_notes begin
    insert into search (search, rowid, words) select 'delete', id, old.text from search_lines where ref = old.id;
    delete from search_lines where ref = old.id; end;
create trigger outbox_found after insert on outbox when new.text <> '' and new.state = 'Sent' begin
    insert into search_lines (ref, conversation) values (new.id, new.conversation);
    insert into search (rowid, words) select id, new.text from search_lines where ref = new.id; end;
create trigger outbox_found_when_sent after update of state on outbox when new.text <> '' and new.state = 'Sent' and old.state <> 'Sent' begin
    insert into search (search, rowid, words) select 'delete', id, new.text from search_lines where ref = new.id;
    delete from search_lines where ref = new.id;
    insert into search_lines (ref, conversation) values (new.id, new.conversation);
    insert into search (rowid, words) select id, new.text from search_lines where ref = new.id; end;
create trigger outbox_lost after update of text, conversation on outbox when new.text <> old.text or new.conversation <> old.conversation begin
    insert into search (search, rowid, words) select 'delete', id, old.text from search_lines where ref = old.id;
    delete from search_lines where ref = old.id; end;
create trigger conversations_found after insert on conversations begin
    insert into search_lines (ref, conversation, words) values (new.id, new.id, coalesce(new.name, '') || ' ' || new.customer || ' ' || coalesce((select group_concat(value, ' ') from json_each(new.identity, '$.proven')), '')
        || ' ' || coalesce((select group_concat(value, ' ') from json_each(new.identity, '$.emails')), ''));
    insert into search (rowid, words) select id, words from search_lines where ref = new.id; end;
create trigger conversations_found_anew after update of name, identity, id on conversations
    when new.name is not old.name or new.identity is not old.identity or new.id <> old.id begin
    insert into search (search, rowid, words) select 'delete', id, words from search_lines where ref = old.id;
    delete from search_lines where ref = old.id;
    insert into search_lines (ref, conversation, words) select new.id, new.id, coalesce(new.name, '') || ' ' || new.customer || ' ' || coalesce((select group_concat(value, ' ') from json_each(new.identity, '$.proven')), '')
        || ' ' || coalesce((select group_concat(value, ' ') from json_each(new.identity, '$.emails')), '') where new.channel <> 'forgotten';
    insert into search (rowid, words) select id, words from search_lines where ref = new.id; end;
