-- The tables as the steps of the embedded database leave them up to its 26th. Times are milliseconds since 1970, JSON
-- is text, flags are 0 or 1. Texts are compared byte by byte, whatever the database's own order is.
create domain bytewise as text collate "C";

create table conversations (
    id bytewise primary key, channel bytewise not null, customer bytewise not null, name bytewise, language bytewise not null default 'und',
    next_seq bigint not null default 1, taken_over_until bigint, taken_over_by bytewise, closed bigint not null default 0,
    identity bytewise, created_at bigint not null, last_at bigint not null, next_queued bigint not null default 1);
create index conversations_last on conversations (last_at);

create table inbox (
    id bytewise primary key, conversation bytewise not null, seq bigint not null, channel_id bytewise not null, text bytewise not null,
    attachments bytewise not null default '[]', received_at bigint not null, turn bytewise, unique (conversation, channel_id));
create index inbox_open on inbox (conversation) where turn is null;
create index inbox_order on inbox (conversation, seq);
create index inbox_turn on inbox (turn);

create table outbox (
    id bytewise primary key, conversation bytewise not null, seq bigint not null, sender bytewise not null, kind bytewise not null,
    text bytewise not null, turn bytewise, case_id bytewise, approval bytewise, approval_hash bytewise, order_number bytewise,
    spot_check bigint not null default 0, state bytewise not null, attempts bigint not null default 0, parts_sent bigint not null default 0,
    next_try_at bigint not null, channel_id bytewise, error bytewise, created_at bigint not null, done_at bigint,
    queued bigint not null default 0, also_cases bytewise not null default '[]', notice bytewise, may_have_left bigint not null default 0);
create index outbox_due on outbox (next_try_at) where state = 'Queued';
create index outbox_order on outbox (conversation, seq);
create index outbox_turn on outbox (turn);
create index outbox_spot_checks on outbox (done_at) where spot_check = 1 and state = 'Sent';
create index outbox_unsent on outbox (conversation, queued) where state in ('Queued', 'Sending');
create index outbox_in_doubt on outbox (done_at) where spot_check = 2 and state = 'Sent';
create index outbox_case on outbox (case_id, seq) where kind = 'Answer';
create index outbox_approval on outbox (approval) where approval is not null;

create table cases (
    id bytewise primary key, conversation bytewise not null, playbook bytewise not null, version bytewise not null,
    words bytewise not null default '', moves_money bigint not null default 0, asked bytewise not null default '[]',
    awaiting bytewise not null default '[]', questions bigint not null default 0, holding_sent bigint not null default 0,
    opened_at bigint not null, last_at bigint not null, slots bytewise, reminded_at bigint);
create index cases_of on cases (conversation, last_at);
create index cases_opened on cases (opened_at) where playbook <> '';

create table turns (
    id bytewise primary key, conversation bytewise not null, case_id bytewise, verdict bytewise not null, trace bytewise not null,
    at bigint not null, input bytewise);
create index turns_of on turns (conversation, at);
create index turns_at on turns (at);
create index turns_case on turns (case_id, at);

create table approvals (
    id bytewise primary key, revision bigint not null, hash bytewise not null, state bytewise not null, conversation bytewise not null,
    case_id bytewise not null, turn bytewise not null, customer_words bytewise not null, text bytewise not null,
    suggested bytewise not null, playbook bytewise not null, version bytewise not null, action bytewise not null, order_number bytewise,
    amount_minor bigint, currency bytewise, reasons bytewise not null, unusual bytewise not null default '[]', facts bytewise not null,
    created_at bigint not null, expires_at bigint not null, reminded_at bigint, later_until bigint, decided_by bytewise, decided_at bigint,
    reason bytewise, marks bytewise not null default '[]', order_key bytewise, confirmed bytewise not null default '[]',
    unconfirmed bytewise not null default '[]', refunded_minor bigint, refunded_currency bytewise, goes_over bigint not null default 0,
    seen_seq bigint not null default 0);
create index approvals_state on approvals (state, expires_at);
create index approvals_of on approvals (conversation, state);
create index approvals_case on approvals (case_id, state, created_at);
create index approvals_newest on approvals (state, created_at);
create index approvals_at on approvals (created_at);
create index approvals_order on approvals (order_key) where order_key is not null;

create table handoffs (
    id bytewise primary key, conversation bytewise not null, case_id bytewise not null, turn bytewise not null,
    customer_words bytewise not null, suggestion bytewise, reasons bytewise not null, owner bytewise not null, arm bytewise not null,
    would_send bigint not null default 0, state bytewise not null, created_at bigint not null, at bigint not null, closed_by bytewise,
    closed_at bigint, outcome bytewise, marks bytewise not null default '[]', summary bytewise, confidence double precision,
    alternatives bytewise not null default '[]', order_facts bytewise);
create index handoffs_state on handoffs (state, at);
create index handoffs_case on handoffs (case_id);
create index handoffs_of on handoffs (conversation, state, at);
create index handoffs_at on handoffs (at);

create table todos (
    id bytewise primary key, approval bytewise not null, action bytewise not null, order_number bytewise, amount_minor bigint,
    currency bytewise, text bytewise not null, state bytewise not null, created_at bigint not null, done_by bytewise, done_at bigint,
    told_at bigint, tell_at bigint default 0, tries bigint not null default 0, instruction bytewise);
create index todos_open on todos (created_at) where state = 'Open';
create index todos_approval on todos (approval);

create table order_tries (
    order_number bytewise not null, day bytewise not null, tries bigint not null, primary key (order_number, day));

create table notices (
    id bytewise primary key, kind bytewise not null, text bytewise not null, at bigint not null, seen_at bigint);
create index notices_new on notices (at) where seen_at is null;

create table audit (
    seq bigint primary key, at bigint not null, kind bytewise not null, who bytewise not null, subject bytewise not null,
    data bytewise not null, words_digest bytewise, previous bytewise not null, hash bytewise not null);
create index audit_who on audit (who, seq);

create table audit_salts (
    seq bigint primary key, subject bytewise not null, salt bytewise not null);
create index audit_salts_subject on audit_salts (subject);

create table outcomes (
    case_id bytewise primary key, day bytewise not null, conversation bytewise not null, playbook bytewise not null,
    version bytewise not null, arm bytewise not null, share double precision not null, first bigint not null, started_at bigint not null,
    ordered_at bigint not null, last_at bigint not null, sent bigint not null, wrong bigint not null, drawn_at bigint, drawn_right bigint,
    held_right bigint, comparable_at bigint, unhappy bigint not null, is_open bigint not null default 1, state bytewise not null);
create index outcomes_of on outcomes (playbook, version, ordered_at, case_id);
create index outcomes_order on outcomes (ordered_at, case_id);
create index outcomes_open on outcomes (last_at) where is_open = 1;
create index outcomes_sent on outcomes (playbook, version) where sent = 1;
create index outcomes_wrong on outcomes (playbook, version, ordered_at) where wrong = 1;
create index outcomes_drawn on outcomes (playbook, version, drawn_at, drawn_right) where drawn_at is not null;
create index outcomes_customer on outcomes (conversation, share);
create index outcomes_to_judge on outcomes (drawn_at) where drawn_at is not null and drawn_right is null;

create table outcome_events (
    id bigint generated by default as identity primary key, case_id bytewise not null, at bigint not null, event bytewise not null);
create index outcome_events_of on outcome_events (case_id, id);

create table evidence (
    playbook bytewise not null, version bytewise not null, through bigint not null, evidence bytewise not null,
    primary key (playbook, version, through));

create table rollout_changes (
    id bigint generated by default as identity primary key, at bigint not null, playbook bytewise, version bytewise not null,
    step bytewise not null, buckets bigint not null, who bytewise not null, why bytewise not null);

create table settings (
    name bytewise primary key, value bytewise not null);

create table seen (
    key bytewise primary key, at bigint not null);
create index seen_at on seen (at);

create table thumbs (
    answer bytewise primary key, word bytewise not null, at bigint not null);

create table desk_cards (
    kind bytewise not null, id bytewise not null, conversation bytewise, chat bigint not null, message bigint not null, thread bigint,
    digest bytewise not null, is_open bigint not null, later_until bigint, posted_at bigint not null, primary key (kind, id));
create index desk_cards_open on desk_cards (chat, is_open);
create index desk_cards_message on desk_cards (chat, message);
create index desk_cards_of on desk_cards (conversation);

create table desk_topics (
    chat bigint not null, conversation bytewise not null, thread bigint not null, primary key (chat, conversation));
create index desk_topics_thread on desk_topics (chat, thread);

create table desk_prompts (
    chat bigint not null, message bigint not null, purpose bytewise not null, subject bytewise not null, seen bytewise not null,
    primary key (chat, message));

create table rollout_questions (
    id bytewise primary key, playbook bytewise not null, version bytewise not null, asks bytewise not null, from_buckets bigint not null,
    to_buckets bigint not null, since bigint not null, why bytewise not null, at bigint not null, answer bytewise, answered_by bytewise,
    answered_at bigint);
create index rollout_questions_of on rollout_questions (playbook, at);
create index rollout_questions_open on rollout_questions (at) where answer is null;

create table heads (
    name bytewise primary key, value bigint not null);

create table error_feed (
    seq bigint primary key, at bigint not null, day bytewise not null, playbook bytewise not null, version bytewise not null,
    arm bytewise not null, read_by bytewise not null, counts bytewise not null, what bytewise, standing bytewise, kinds bytewise,
    said_by bytewise);

create table day_counts (
    day bytewise not null, playbook bytewise not null, version bytewise not null, arm bytewise not null, read_by bytewise not null,
    name bytewise not null, sum bigint not null, primary key (day, playbook, version, arm, read_by, name));

create table month_counts (
    month bytewise not null, playbook bytewise not null, version bytewise not null, arm bytewise not null, read_by bytewise not null,
    name bytewise not null, sum bigint not null, primary key (month, playbook, version, arm, read_by, name));

create table translations (
    id bytewise primary key, playbook bytewise not null, version bytewise not null, language bytewise not null, original bytewise not null,
    text bytewise not null, state bytewise not null, at bigint not null, decided_by bytewise, decided_at bigint,
    unique (playbook, version, language));
create index translations_waiting on translations (at) where state = 'Proposed';

create table history_days (
    kind bytewise not null, day bytewise not null, rows bytea not null, primary key (kind, day));

create table alerts (
    key bytewise primary key, id bytewise not null, monitor bytewise not null, is_open bigint not null, opened_at bigint not null,
    alert bytewise not null, unique (id));
create index alerts_open on alerts (opened_at) where is_open = 1;

create table alert_events (
    seq bigint generated by default as identity primary key, alert bytewise not null, at bigint not null, who bytewise not null,
    what bytewise not null, text bytewise not null default '');
create index alert_events_of on alert_events (alert, seq);
create index alert_events_at on alert_events (what, at);
create index alert_events_when on alert_events (at);

create table monitor_looks (
    monitor bytewise primary key, at bigint not null, checked bigint not null, gaps bytewise not null);

create table briefings (
    day bytewise primary key, at bigint not null, text bytewise not null);

create table known_feeds (
    kind bytewise primary key, file bytewise not null);

create table lane_changes (
    seq bigint generated by default as identity primary key, lane bytewise not null, autonomy bytewise not null, who bytewise not null,
    at bigint not null);

create table shop_actions (
    id bytewise primary key, revision bigint not null, hash bytewise not null, state bytewise not null, alert bytewise not null,
    lane bytewise not null, kind bytewise not null, subject bytewise not null, parameters bytewise not null, amount_minor bigint,
    currency bytewise, text bytewise not null, evidence bytewise not null, recipients bytewise not null default '[]',
    created_at bigint not null, expires_at bigint not null, decided_by bytewise, decided_at bigint, reason bytewise, told_at bigint,
    tell_at bigint, tries bigint not null default 0, result bytewise, result_at bigint, undo_at bigint,
    undo_tries bigint not null default 0);
create index shop_actions_state on shop_actions (state, created_at);
create index shop_actions_alert on shop_actions (alert, kind);
create index shop_actions_kind on shop_actions (kind, created_at);

create table changes (
    number bigint generated by default as identity primary key, kind bytewise not null, conversation bytewise, id bytewise not null);
create index changes_of on changes (conversation);

create table audit_keys (
    conversation bytewise primary key, key bytewise not null);

create table unread_updates (
    number bigint primary key, body bytewise not null, at bigint not null);
create index unread_updates_at on unread_updates (at);

create table pictures (
    id bytewise primary key, conversation bytewise not null, message bytewise not null, place bigint not null, kind bytewise,
    bytes bigint not null, state bytewise not null, source bytewise, tries bigint not null default 0, at bigint not null,
    next_try_at bigint not null, shown bigint not null default 0);
create index pictures_of on pictures (message, place);
create index pictures_from on pictures (conversation);
create index pictures_awaited on pictures (next_try_at) where state = 'Awaited';
create index pictures_erased on pictures (id) where state = 'Erased';
create index pictures_unshown on pictures (at) where state = 'Stored' and shown = 0;

create table file_versions (
    id bytewise primary key, file bytewise not null, number bigint not null, version bytewise not null, content bytewise not null,
    who bytewise not null, at bigint not null);
create unique index file_versions_of on file_versions (file, number);

create table file_drafts (
    file bytewise not null, who bytewise not null, begun bytewise, content bytewise not null, at bigint not null, primary key (file, who));

create table pins (
    conversation bytewise primary key, turns bytewise not null, who bytewise not null, at bigint not null);

create table second_steps (
    subject bytewise not null, who bytewise not null, digest bytewise not null, sentences bytewise not null, conversation bytewise not null,
    shown_at bigint not null, primary key (subject, who, digest));
create index second_steps_conversation on second_steps (conversation);

create table handling (
    conversation bytewise primary key, assigned bytewise, snoozed_until bigint, priority bigint not null default 0,
    tags bytewise not null default '[]');
create index handling_assigned on handling (assigned) where assigned is not null;

create table internal_notes (
    id bytewise primary key, conversation bytewise not null, who bytewise not null, text bytewise not null, at bigint not null);
create index internal_notes_of on internal_notes (conversation, at);

create table saved_views (
    who bytewise not null, name bytewise not null, query bytewise not null, primary key (who, name));

create table people (
    name bytewise primary key, role bytewise not null, max_amount bytewise, key bytewise not null, added_at bigint not null,
    added_by bytewise not null, seen_at bigint);

create table search_lines (
    id bigint generated by default as identity primary key, ref bytewise not null, conversation bytewise not null, words bytewise,
    unique (ref));
create index search_lines_of on search_lines (conversation);

create table proposals (
    id bytewise primary key, kind bytewise not null, playbook bytewise not null, content bytewise not null, evidence bigint not null,
    state bytewise not null, made_at bigint not null, who bytewise, reason bytewise, decided_at bigint);
create index proposals_state on proposals (state);

create table proposal_cases (
    proposal bytewise not null, conversation bytewise not null, turn bytewise not null, primary key (proposal, turn));
create index proposal_cases_of on proposal_cases (conversation);

-- Whose turn it is to be the host; one row at most.
create table opschat_turn (one bigint primary key default 1 check (one = 1), holder text not null, name text not null, renewed timestamptz not null);

-- What a fresh database knows of itself.
insert into settings (name, value) values ('store-id', replace(gen_random_uuid()::text, '-', '')), ('audit-older', '0,0,0,0');

-- Functions of the embedded database that the tables' sentences use.
create function instr(text, text) returns bigint language sql immutable strict parallel safe return strpos($1, $2);
create function json_each(text) returns table (value text) language sql immutable strict parallel safe as
    'select jsonb_array_elements_text($1::jsonb)';
create function json_extract(text, text) returns text language sql immutable strict parallel safe as
    'select jsonb_path_query_first($1::jsonb, $2::jsonpath) #>> ''{}''';

-- What was committed, told by the database itself.
create function tell_conversation() returns trigger language plpgsql as $$ begin
    insert into changes (kind, conversation, id) values (tg_argv[0], new.conversation, new.id); return null; end $$;
create function tell_alone() returns trigger language plpgsql as $$ begin
    insert into changes (kind, conversation, id) values (tg_argv[0], null, new.id::text); return null; end $$;
create function tell_handling() returns trigger language plpgsql as $$ begin
    insert into changes (kind, conversation, id) values ('handling', new.conversation, new.conversation); return null; end $$;
create function tell_take_over() returns trigger language plpgsql as $$ begin
    insert into changes (kind, conversation, id) values ('handling', new.id, new.id); return null; end $$;
create function tell_picture() returns trigger language plpgsql as $$ begin
    insert into changes (kind, conversation, id) values ('message', new.conversation, new.message); return null; end $$;
create trigger inbox_added after insert on inbox for each row execute function tell_conversation('message');
create trigger outbox_added after insert on outbox for each row execute function tell_conversation('outbox');
create trigger outbox_moved after update of state on outbox for each row when (new.state <> old.state and new.state <> 'Sent')
    execute function tell_conversation('outbox');
create trigger outbox_sent after update of state on outbox for each row when (new.state <> old.state and new.state = 'Sent')
    execute function tell_conversation('message');
create trigger turns_added after insert on turns for each row execute function tell_conversation('decision');
create trigger approvals_told after insert or update on approvals for each row execute function tell_conversation('approval');
create trigger handoffs_told after insert or update on handoffs for each row execute function tell_conversation('handoff');
create trigger todos_told after insert or update on todos for each row execute function tell_alone('todo');
create trigger notices_told after insert or update on notices for each row execute function tell_alone('notice');
create trigger alerts_told after insert or update on alerts for each row execute function tell_alone('alert');
create trigger shop_actions_told after insert or update on shop_actions for each row execute function tell_alone('action');
create trigger rollout_changes_added after insert on rollout_changes for each row execute function tell_alone('rollout');
create trigger pictures_fetched after update of state on pictures for each row when (new.state = 'Stored') execute function tell_picture();
create trigger handling_told after insert or update on handling for each row execute function tell_handling();
create trigger internal_notes_added after insert on internal_notes for each row execute function tell_conversation('note');
create trigger taken_over after update of taken_over_until on conversations for each row
    when (new.taken_over_until is distinct from old.taken_over_until) execute function tell_take_over();
create function wake() returns trigger language plpgsql as $$ begin
    update handling set snoozed_until = null where conversation = new.conversation and snoozed_until is not null; return null; end $$;
create trigger inbox_wakes after insert on inbox for each row execute function wake();

-- The words by which conversations are found: an index without a copy of the text. Case and accents do not matter; everything that is neither
-- letter nor digit parts words.
create table search (rowid bigint primary key, words tsvector not null);
create index search_words on search using gin (words);
create function search_plain(text) returns text language sql immutable strict parallel safe as $$
    select trim(regexp_replace(regexp_replace(normalize(lower($1 collate "und-x-icu"), NFKD), '[\u0300-\u036f]+', '', 'g') collate "und-x-icu",
        '[^[:alnum:]\u0e31-\u0e4e]+', ' ', 'g')) $$;
create function search_vector(text) returns tsvector language sql immutable strict as $$
    select to_tsvector('pg_catalog.simple', coalesce(string_agg(left(word, 200), ' '), ''))
    from regexp_split_to_table(search_plain($1), ' ') word $$;
-- Each of the words, parted by spaces, is the beginning of one in the text; what punctuation parts stands there side by side.
create function search_query(text) returns tsquery language sql immutable strict as $$
    select to_tsquery('pg_catalog.simple', string_agg('(' || replace(search_plain(term), ' ', ' <-> ') || ':*)', ' & '))
    from regexp_split_to_table($1, ' +') term where search_plain(term) <> '' $$;
create function search_put(name text, of_conversation text, own text, line text) returns void language plpgsql as $$ declare place bigint; begin
    insert into search_lines (ref, conversation, words) values (name, of_conversation, own) returning id into place;
    insert into search (rowid, words) values (place, search_vector(line)); end $$;
create function search_drop(name text) returns void language plpgsql as $$ begin
    delete from search where rowid in (select id from search_lines where ref = name);
    delete from search_lines where ref = name; end $$;
create function found_line() returns trigger language plpgsql as $$ begin
    perform search_put(new.id, new.conversation, null, new.text); return null; end $$;
create function found_line_anew() returns trigger language plpgsql as $$ begin
    perform search_drop(old.id);
    if new.text <> '' then perform search_put(new.id, new.conversation, null, new.text); end if;
    return null; end $$;
create function lost_line() returns trigger language plpgsql as $$ begin perform search_drop(old.id); return null; end $$;
create function customer_words(conversations) returns text language sql immutable as $$
    select coalesce($1.name, '') || ' ' || $1.customer || ' ' || coalesce((select string_agg(word, ' ') from
        jsonb_array_elements_text(coalesce($1.identity::jsonb -> 'proven', '[]') || coalesce($1.identity::jsonb -> 'emails', '[]')) word), '') $$;
create function found_customer() returns trigger language plpgsql as $$ begin
    if tg_op = 'UPDATE' then perform search_drop(old.id); end if;
    if new.channel <> 'forgotten' then perform search_put(new.id, new.id, customer_words(new), customer_words(new)); end if;
    return null; end $$;
create trigger inbox_found after insert on inbox for each row when (new.text <> '') execute function found_line();
create trigger internal_notes_found after insert on internal_notes for each row when (new.text <> '') execute function found_line();
create trigger inbox_found_anew after update of text, conversation on inbox for each row
    when (new.text <> old.text or new.conversation <> old.conversation) execute function found_line_anew();
create trigger internal_notes_lost after delete on internal_notes for each row execute function lost_line();
create trigger outbox_found after insert on outbox for each row when (new.text <> '' and new.state = 'Sent') execute function found_line();
create trigger outbox_found_when_sent after update of state on outbox for each row
    when (new.text <> '' and new.state = 'Sent' and old.state <> 'Sent') execute function found_line_anew();
create trigger outbox_lost after update of text, conversation on outbox for each row
    when (new.text <> old.text or new.conversation <> old.conversation) execute function lost_line();
create trigger conversations_found after insert on conversations for each row execute function found_customer();
create trigger conversations_found_anew after update of name, identity, id on conversations for each row
    when (new.name is distinct from old.name or new.identity is distinct from old.identity or new.id <> old.id) execute function found_customer();
