-- What hosts at work on one database count and keep together: how full each bucket of a limit is, what a person's next request needs, what the model
-- used of a day, keys of cookies, customers' pictures, and the shop's files.
create table limits (key bytewise primary key not null, full_at bigint not null);
create index limits_full on limits (full_at);
create table temporary_values (
    kind bytewise not null, id bytewise not null, value bytewise not null, conversation bytewise, ends_at bigint not null, primary key (kind, id));
create index temporary_values_ends on temporary_values (ends_at);
create index temporary_values_conversation on temporary_values (conversation) where conversation is not null;
create table model_spend (day bytewise not null, conversation bytewise not null, tokens bigint not null, cost bytewise not null, primary key (day, conversation));
create table cookie_keys (id bytewise primary key not null, xml bytewise not null);
create table picture_bytes (id bytewise primary key not null, bytes bytea not null, at bigint not null);
create table shared_files (
    name bytewise primary key not null, version bigint not null, digest bytewise, content bytewise, who bytewise not null, at bigint not null);
create function tell_file() returns trigger language plpgsql as $$ begin
    insert into changes (kind, conversation, id) values ('file', null, new.name); return null; end $$;
create trigger shared_files_told after insert or update on shared_files for each row execute function tell_file();
create table posted_feeds (name bytewise primary key not null, csv bytea not null, at bigint not null);
create function tell_person() returns trigger language plpgsql as $$ begin
    insert into changes (kind, conversation, id) values ('person', null, coalesce(new.name, old.name)); return null; end $$;
create trigger people_told after insert or delete or update of role, max_amount, key on people for each row execute function tell_person();
