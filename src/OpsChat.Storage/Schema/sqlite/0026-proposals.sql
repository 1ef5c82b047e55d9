-- What people's corrections propose, and what became of it; the words in it are masked. Which conversations speak for it stands beside it.
create table proposals (
    id text primary key, kind text not null, playbook text not null, content text not null, evidence integer not null, state text not null,
    made_at bigint not null, who text, reason text, decided_at bigint);
create index proposals_state on proposals (state);
create table proposal_cases (proposal text not null, conversation text not null, turn text not null, primary key (proposal, turn));
create index proposal_cases_of on proposal_cases (conversation);
