-- Nobody confirms what they were not shown.
create table second_steps (subject text not null, who text not null, digest text not null, sentences text not null, conversation text not null,
    shown_at bigint not null, primary key (subject, who, digest));
create index second_steps_conversation on second_steps (conversation);
