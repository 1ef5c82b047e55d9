-- What approvers wrote and tapped in a channel, from when the channel no longer keeps it until it is carried out.
create table owner_updates (number integer primary key autoincrement, body text not null);
create trigger owner_updates_added after insert on owner_updates begin
    insert into changes (kind, conversation, id) values ('owner-update', null, new.number); end;
