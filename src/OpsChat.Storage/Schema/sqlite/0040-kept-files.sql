-- Files of the shop whose rows stand in history_days, so that they are not read again while they are the same.
create table kept_files (file text primary key, content text not null, read_by text not null, read text not null);
