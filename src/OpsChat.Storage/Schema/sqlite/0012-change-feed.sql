-- What was committed, told by the database itself: whoever listens goes on from the number seen last.
create table changes (number integer primary key autoincrement, kind text not null, conversation text, id text not null);
create trigger inbox_added after insert on inbox begin
    insert into changes (kind, conversation, id) values ('message', new.conversation, new.id); end;
create trigger outbox_added after insert on outbox begin
    insert into changes (kind, conversation, id) values ('outbox', new.conversation, new.id); end;
create trigger outbox_moved after update of state on outbox when new.state <> old.state and new.state <> 'Sent' begin
    insert into changes (kind, conversation, id) values ('outbox', new.conversation, new.id); end;
create trigger outbox_sent after update of state on outbox when new.state <> old.state and new.state = 'Sent' begin
    insert into changes (kind, conversation, id) values ('message', new.conversation, new.id); end;
create trigger turns_added after insert on turns begin
    insert into changes (kind, conversation, id) values ('decision', new.conversation, new.id); end;
create trigger approvals_added after insert on approvals begin
    insert into changes (kind, conversation, id) values ('approval', new.conversation, new.id); end;
create trigger approvals_changed after update on approvals begin
    insert into changes (kind, conversation, id) values ('approval', new.conversation, new.id); end;
create trigger handoffs_added after insert on handoffs begin
    insert into changes (kind, conversation, id) values ('handoff', new.conversation, new.id); end;
create trigger handoffs_changed after update on handoffs begin
    insert into changes (kind, conversation, id) values ('handoff', new.conversation, new.id); end;
create trigger todos_added after insert on todos begin
    insert into changes (kind, conversation, id) values ('todo', null, new.id); end;
create trigger todos_changed after update on todos begin
    insert into changes (kind, conversation, id) values ('todo', null, new.id); end;
create trigger notices_added after insert on notices begin
    insert into changes (kind, conversation, id) values ('notice', null, new.id); end;
create trigger notices_changed after update on notices begin
    insert into changes (kind, conversation, id) values ('notice', null, new.id); end;
create trigger alerts_added after insert on alerts begin
    insert into changes (kind, conversation, id) values ('alert', null, new.id); end;
create trigger alerts_changed after update on alerts begin
    insert into changes (kind, conversation, id) values ('alert', null, new.id); end;
create trigger shop_actions_added after insert on shop_actions begin
    insert into changes (kind, conversation, id) values ('action', null, new.id); end;
create trigger shop_actions_changed after update on shop_actions begin
    insert into changes (kind, conversation, id) values ('action', null, new.id); end;
create trigger rollout_changes_added after insert on rollout_changes begin
    insert into changes (kind, conversation, id) values ('rollout', null, new.id); end;
