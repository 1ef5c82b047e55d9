-- The rollout is looked at when there is news of a case, instead of on a timer.
create trigger outcome_events_added after insert on outcome_events begin
    insert into changes (kind, conversation, id) values ('outcome', null, new.case_id); end;
