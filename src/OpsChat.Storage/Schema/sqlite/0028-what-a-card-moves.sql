-- Why approving a card moves money, decided when it is made; null in older rows, which read it from their words.
alter table approvals add column stake text;
