-- What is asked for each message or at each look is found by an index of its own, however much the shop has been through.
create index outbox_unsent on outbox (conversation, seq) where state in ('Queued', 'Sending');
create index outbox_spot_checks on outbox (done_at) where spot_check = 1 and state = 'Sent';
create index approvals_of on approvals (conversation, state);
drop index approvals_case;
create index approvals_case on approvals (case_id, state, created_at);
create index approvals_newest on approvals (state, created_at);
create index approvals_at on approvals (created_at);
create index handoffs_of on handoffs (conversation, state, at);
create index handoffs_at on handoffs (at);
create index todos_open on todos (created_at) where state = 'Open';
alter table todos add column told_at bigint;
alter table todos add column tell_at bigint default 0;
alter table todos add column tries bigint not null default 0;
