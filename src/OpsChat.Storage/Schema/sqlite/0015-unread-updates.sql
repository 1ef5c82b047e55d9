-- What Telegram sent and nobody could read, as it came.
create table unread_updates (number integer primary key, body text not null, at integer not null);
create index unread_updates_at on unread_updates (at);
