-- What is counted becomes a row for each name, so that sums are added where they stand. Each change is appended to the feed of the error log.
create table heads (name text primary key, value bigint not null);
create table error_feed (
    seq integer primary key, at bigint not null, day text not null, playbook text not null, version text not null, arm text not null, read_by text not null,
    counts text not null, what text, standing text, kinds text, said_by text);
create table day_counts (
    day text not null, playbook text not null, version text not null, arm text not null, read_by text not null, name text not null, sum bigint not null,
    primary key (day, playbook, version, arm, read_by, name)) without rowid;
create table month_counts (
    month text not null, playbook text not null, version text not null, arm text not null, read_by text not null, name text not null, sum bigint not null,
    primary key (month, playbook, version, arm, read_by, name)) without rowid;
insert into day_counts select day, playbook, version, arm, 'Classifier', one.key, one.value from counters, json_each(counters.counters) one;
insert into month_counts select month, playbook, version, arm, 'Classifier', one.key, one.value from counter_months, json_each(counter_months.counters) one;
drop table counters;
drop table counter_months;
insert into settings (name, value) values ('store-id', lower(hex(randomblob(16))));
