-- The log vouches for rows of other tables by digests; how many rows are older than that is told in the first of them.
create table audit_keys (conversation text primary key, key text not null);
insert into settings (name, value) select 'audit-older', (select count(*) from approvals) || ',' || (select count(*) from outbox) || ','
    || (select count(*) from turns) || ',' || (select count(*) from handoffs);
