-- What each decision started from, and what the customer told of a matter.
alter table turns add column input text;
alter table cases add column slots text;
