-- Pictures are files; what is known of each stands here. One that a channel still has is fetched, and then told like a message.
create table pictures (
    id text primary key, conversation text not null, message text not null, place integer not null, kind text, bytes bigint not null, state text not null,
    source text, tries integer not null default 0, at bigint not null, next_try_at bigint not null);
create index pictures_of on pictures (message, place);
create index pictures_from on pictures (conversation);
create index pictures_awaited on pictures (next_try_at) where state = 'Awaited';
create index pictures_erased on pictures (id) where state = 'Erased';
create trigger pictures_fetched after update of state on pictures when new.state = 'Stored' begin
    insert into changes (kind, conversation, id) values ('message', new.conversation, new.message); end;
