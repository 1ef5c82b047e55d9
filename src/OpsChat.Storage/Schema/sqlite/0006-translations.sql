-- What a model translated waits here for a person: one for each version of a text and language.
create table translations (
    id text primary key, playbook text not null, version text not null, language text not null, original text not null, text text not null,
    state text not null, at bigint not null, decided_by text, decided_at bigint, unique (playbook, version, language));
create index translations_waiting on translations (at) where state = 'Proposed';
