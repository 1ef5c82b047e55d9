-- A line gets its place among both sides' lines when it leaves; until then it only has one in the queue.
alter table conversations add column next_queued bigint not null default 1;
alter table outbox add column queued bigint not null default 0;
update outbox set queued = seq;
update outbox set seq = 0 where state = 'Queued' and parts_sent = 0;
update conversations set next_queued = next_seq;
drop index outbox_unsent;
create index outbox_unsent on outbox (conversation, queued) where state in ('Queued', 'Sending');
