-- Calls of the model that a person asked for, outside any turn: what the day's budget counts after a restart. No customer stands in it.
create table model_uses (at bigint not null, job text not null, model text not null, input_tokens bigint not null, output_tokens bigint not null, cost text not null);
create index model_uses_at on model_uses (at);
