-- Files of the shop whose rows stand in history_days, so that they are not read again while they are the same.
create table kept_files (
    file bytewise primary key, content bytewise not null, read_by bytewise not null, read bytewise not null);
