-- What the owner's files said before, what somebody wrote and could not save yet, and conversations that shall be answered as they were.
create table file_versions (id text primary key, file text not null, number bigint not null, version text not null, content text not null, who text not null, at bigint not null);
create unique index file_versions_of on file_versions (file, number);
create table file_drafts (file text not null, who text not null, begun text, content text not null, at bigint not null, primary key (file, who));
create table pins (conversation text primary key, turns text not null, who text not null, at bigint not null);
