alter table handoffs add column summary text;
