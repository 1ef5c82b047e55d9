-- As the embedded 35th: which host a message is on its way from.
alter table outbox add column sent_by bytewise;
