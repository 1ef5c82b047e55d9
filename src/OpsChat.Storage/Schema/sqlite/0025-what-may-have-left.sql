-- What may have left is settled by a person, and is never said not to have been sent.
alter table outbox add column may_have_left bigint not null default 0;
create index outbox_approval on outbox (approval) where approval is not null;
