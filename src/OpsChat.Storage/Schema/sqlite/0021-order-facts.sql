-- Whoever answers sees the order that the chat proved or named.
alter table handoffs add column order_facts text;
