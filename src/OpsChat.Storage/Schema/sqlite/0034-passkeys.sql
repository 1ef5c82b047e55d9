-- Passkeys of the people who use the console: public keys only.
create table passkeys (
    id text primary key, person text not null, seal text not null, public_key text not null, sign_count bigint not null,
    backup_eligible bigint not null, backed_up bigint not null, added_at bigint not null);
create index passkeys_person on passkeys (person);
