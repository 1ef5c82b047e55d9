-- What was told to the shop's system and is taken back is told too; a notice is looked at once more when it leaves.
alter table shop_actions add column undo_at bigint;
alter table shop_actions add column undo_tries bigint not null default 0;
alter table outbox add column notice text;
