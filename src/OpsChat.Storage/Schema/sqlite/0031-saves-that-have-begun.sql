-- What is about to be written into one of the owner's files, until it is recorded who saved it.
create table file_saves (
    file text primary key, who text not null, version text not null, before text not null, begun text, content text not null, at bigint not null);
