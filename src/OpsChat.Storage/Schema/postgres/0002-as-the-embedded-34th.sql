-- What the steps 27 to 34 of the embedded database add.
create function tell_case() returns trigger language plpgsql as $$ begin
    insert into changes (kind, conversation, id) values ('outcome', null, new.case_id); return null; end $$;
create trigger outcome_events_added after insert on outcome_events for each row execute function tell_case();

alter table approvals add column stake bytewise;
create index shop_actions_lane on shop_actions (lane, created_at);
alter table outbox add column answers bytewise not null default '[]';

create table file_saves (
    file bytewise primary key, who bytewise not null, version bytewise not null, before bytewise not null, begun bytewise,
    content bytewise not null, at bigint not null);

alter table handoffs add column doubts bytewise not null default '[]';

create table model_uses (
    at bigint not null, job bytewise not null, model bytewise not null, input_tokens bigint not null, output_tokens bigint not null,
    cost bytewise not null);
create index model_uses_at on model_uses (at);

create table passkeys (
    id bytewise primary key, person bytewise not null, seal bytewise not null, public_key bytewise not null, sign_count bigint not null,
    backup_eligible bigint not null, backed_up bigint not null, added_at bigint not null);
create index passkeys_person on passkeys (person);
