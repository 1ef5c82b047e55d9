-- The counters become one flat object of what was counted. Only SQLite has databases as old as this, so its JSON functions may be used.
update counters set counters = (
    select json_group_object(name, sum) from (
        select
            case path when '$' then upper(substr(key, 1, 1)) || substr(key, 2)
            else upper(substr(path, 3, 1)) || replace(replace(substr(path, 4), '.byName', ''), '.bins', '') || '/' || key end as name,
            case key when 'modelCost' then cast(round(atom * 1000000000) as integer) else atom end as sum
        from json_tree(counters.counters) where atom <> 0));
alter table counters add column sent bigint not null default 0;
alter table counters add column wrong bigint not null default 0;
alter table counters add column drafts_judged bigint not null default 0;
alter table counters add column drafts_wrong bigint not null default 0;
alter table counters add column replied bigint not null default 0;
alter table counters add column unhappy bigint not null default 0;
update counters set
    sent = coalesce(json_extract(counters, '$.Sent'), 0), wrong = coalesce(json_extract(counters, '$.Wrong'), 0),
    drafts_judged = coalesce(json_extract(counters, '$.DraftsJudged'), 0), drafts_wrong = coalesce(json_extract(counters, '$.DraftsWrong'), 0),
    replied = coalesce(json_extract(counters, '$.Replied'), 0), unhappy = coalesce(json_extract(counters, '$.Unhappy'), 0);
create table counter_months (
    month text not null, playbook text not null, version text not null, arm text not null, counters text not null, primary key (month, playbook, version, arm));
insert into counter_months select month, playbook, version, arm, json_group_object(name, sum) from (
    select substr(day, 1, 7) as month, playbook, version, arm, one.key as name, sum(one.value) as sum
    from counters, json_each(counters.counters) one group by 1, 2, 3, 4, 5) group by 1, 2, 3, 4;
create index outcomes_to_judge on outcomes (drawn_at) where drawn_at is not null and drawn_right is null;
delete from evidence where playbook = '';
delete from settings where name like 'rollout-asked:%';
create table rollout_questions (
    id text primary key, playbook text not null, version text not null, asks text not null, from_buckets bigint not null, to_buckets bigint not null, since bigint not null,
    why text not null, at bigint not null, answer text, answered_by text, answered_at bigint);
create index rollout_questions_of on rollout_questions (playbook, at);
create index rollout_questions_open on rollout_questions (at) where answer is null;
