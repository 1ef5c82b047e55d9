-- Which host a message is on its way from: another one that starts does not take it for its own.
alter table outbox add column sent_by text;
