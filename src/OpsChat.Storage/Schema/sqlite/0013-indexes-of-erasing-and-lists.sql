-- What is erased, watched or listed is found without reading whole tables.
create index audit_salts_subject on audit_salts (subject);
create index changes_of on changes (conversation);
create index todos_approval on todos (approval);
create index desk_cards_of on desk_cards (conversation);
create index cases_opened on cases (opened_at) where playbook <> '';
create index conversations_last on conversations (last_at);
create index shop_actions_kind on shop_actions (kind, created_at);
create index alert_events_when on alert_events (at);
