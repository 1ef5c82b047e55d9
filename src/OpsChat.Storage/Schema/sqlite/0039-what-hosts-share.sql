-- What hosts at work on one database count and keep together: how full each bucket of a limit is, what a person's next request needs, what the model
-- used of a day, keys of cookies, customers' pictures, and the shop's files.
create table limits (key text primary key not null, full_at bigint not null);
create index limits_full on limits (full_at);
create table temporary_values (
    kind text not null, id text not null, value text not null, conversation text, ends_at bigint not null, primary key (kind, id));
create index temporary_values_ends on temporary_values (ends_at);
create index temporary_values_conversation on temporary_values (conversation) where conversation is not null;
create table model_spend (day text not null, conversation text not null, tokens bigint not null, cost text not null, primary key (day, conversation));
create table cookie_keys (id text primary key not null, xml text not null);
create table picture_bytes (id text primary key not null, bytes blob not null, at bigint not null);
create table shared_files (
    name text primary key not null, version bigint not null, digest text, content text, who text not null, at bigint not null);
create trigger shared_files_added after insert on shared_files begin
    insert into changes (kind, conversation, id) values ('file', null, new.name); end;
create trigger shared_files_moved after update on shared_files begin
    insert into changes (kind, conversation, id) values ('file', null, new.name); end;
create table posted_feeds (name text primary key not null, csv blob not null, at bigint not null);
create trigger people_added after insert on people begin
    insert into changes (kind, conversation, id) values ('person', null, new.name); end;
create trigger people_changed after update of role, max_amount, key on people begin
    insert into changes (kind, conversation, id) values ('person', null, new.name); end;
create trigger people_removed after delete on people begin
    insert into changes (kind, conversation, id) values ('person', null, old.name); end;
