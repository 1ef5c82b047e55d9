-- Which host hands a message to its channel, where several share a store. An embedded store has one, which needs no name.
alter table outbox add column host text;
