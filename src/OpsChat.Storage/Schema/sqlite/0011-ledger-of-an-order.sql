-- The approvals of an order are found together, and each remembers what was confirmed with it.
alter table approvals add column order_key text;
alter table approvals add column confirmed text not null default '[]';
alter table approvals add column unconfirmed text not null default '[]';
alter table approvals add column refunded_minor bigint;
alter table approvals add column refunded_currency text;
alter table approvals add column goes_over integer not null default 0;
alter table approvals add column seen_seq bigint not null default 0;
update approvals set seen_seq = coalesce((select max(seq) from inbox where inbox.conversation = approvals.conversation and inbox.turn is not null), 0);
update approvals set order_key = upper(replace(trim(order_number, '#-_.,:;!?()"''/ '), ' ', '')) where order_number is not null;
create index approvals_order on approvals (order_key) where order_key is not null;
