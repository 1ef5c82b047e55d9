-- Rows that the shop's system posted to one of several hosts, for the others.
create table posted_feeds (name text primary key not null, content blob not null, at bigint not null);
