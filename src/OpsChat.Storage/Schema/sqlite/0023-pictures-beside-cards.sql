-- Pictures stand beside their cards in the owner chat once.
alter table pictures add column shown integer not null default 0;
create index pictures_unshown on pictures (at) where state = 'Stored' and shown = 0;
