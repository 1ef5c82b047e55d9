-- Which answers a message holds, where it holds more than one text: none of them is given again at once. Digests, as JSON.
alter table outbox add column answers text not null default '[]';
