-- What a customer took back is asked about before a person's text about it leaves.
alter table handoffs add column doubts text not null default '[]';
