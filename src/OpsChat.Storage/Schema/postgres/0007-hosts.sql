-- The hosts at work, the one that began first in front, and which conversation each decides. Of no use outside of the database that they share.
create table opschat_hosts (
    id text primary key, name text not null, joined bigint generated always as identity, renewed timestamptz not null default clock_timestamp(),
    feed_through bigint not null default 0);
create table opschat_claims (conversation text primary key, host text not null);
create index opschat_claims_of on opschat_claims (host);

-- The last commit of each process that writes, to find out whether it was made when its answer was lost.
create table opschat_commits (writer text primary key, number bigint not null, at timestamptz not null default clock_timestamp());

-- Which host hands a message to its channel: when that one is gone, nobody knows whether it left.
alter table outbox add column host bytewise;
create index outbox_sending on outbox (host) where state = 'Sending';
