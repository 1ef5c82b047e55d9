-- By when a text promised that a person answers, so that the inbox is due when the customer was told, and not by a guess.
alter table outbox add column promised_by bigint;
create index outbox_promises on outbox (conversation, queued) where promised_by is not null;
