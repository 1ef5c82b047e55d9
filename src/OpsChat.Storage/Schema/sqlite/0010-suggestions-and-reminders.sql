-- A suggestion says how sure it is and what else could be meant; a customer is told at most now and then that a person still works on it.
alter table cases add column reminded_at bigint;
alter table outbox add column also_cases text not null default '[]';
alter table handoffs add column confidence real;
alter table handoffs add column alternatives text not null default '[]';
