create table conversations (
    id text primary key, channel text not null, customer text not null, name text, language text not null default 'und',
    next_seq bigint not null default 1, taken_over_until bigint, taken_over_by text, closed integer not null default 0,
    identity text, created_at bigint not null, last_at bigint not null);

create table inbox (
    id text primary key, conversation text not null, seq bigint not null, channel_id text not null, text text not null,
    attachments text not null default '[]', received_at bigint not null, turn text, unique (conversation, channel_id));
create index inbox_open on inbox (conversation) where turn is null;
create index inbox_order on inbox (conversation, seq);
create index inbox_turn on inbox (turn);

create table outbox (
    id text primary key, conversation text not null, seq bigint not null, sender text not null, kind text not null, text text not null,
    turn text, case_id text, approval text, approval_hash text, order_number text, spot_check integer not null default 0, state text not null, attempts integer not null default 0,
    parts_sent integer not null default 0, next_try_at bigint not null, channel_id text, error text, created_at bigint not null, done_at bigint);
create index outbox_due on outbox (next_try_at) where state = 'Queued';
create index outbox_order on outbox (conversation, seq);
create index outbox_turn on outbox (turn);

create table cases (
    id text primary key, conversation text not null, playbook text not null, version text not null, words text not null default '',
    moves_money integer not null default 0, asked text not null default '[]', awaiting text not null default '[]',
    questions integer not null default 0, holding_sent integer not null default 0, opened_at bigint not null, last_at bigint not null);
create index cases_of on cases (conversation, last_at);

create table turns (
    id text primary key, conversation text not null, case_id text, verdict text not null, trace text not null, at bigint not null);
create index turns_of on turns (conversation, at);
create index turns_at on turns (at);
create index turns_case on turns (case_id, at);

create table approvals (
    id text primary key, revision integer not null, hash text not null, state text not null, conversation text not null, case_id text not null,
    turn text not null, customer_words text not null, text text not null, suggested text not null, playbook text not null, version text not null, action text not null,
    order_number text, amount_minor bigint, currency text, reasons text not null, unusual text not null default '[]', facts text not null,
    created_at bigint not null, expires_at bigint not null, reminded_at bigint, later_until bigint,
    decided_by text, decided_at bigint, reason text, marks text not null default '[]');
create index approvals_state on approvals (state, expires_at);
create index approvals_case on approvals (case_id);

create table handoffs (
    id text primary key, conversation text not null, case_id text not null, turn text not null, customer_words text not null, suggestion text,
    reasons text not null, owner text not null, arm text not null, would_send integer not null default 0, state text not null, created_at bigint not null, at bigint not null,
    closed_by text, closed_at bigint, outcome text, marks text not null default '[]');
create index handoffs_state on handoffs (state, at);
create index handoffs_case on handoffs (case_id);

create table todos (
    id text primary key, approval text not null, action text not null, order_number text, amount_minor bigint, currency text,
    text text not null, state text not null, created_at bigint not null, done_by text, done_at bigint);

create table order_tries (order_number text not null, day text not null, tries integer not null, primary key (order_number, day));

create table notices (id text primary key, kind text not null, text text not null, at bigint not null, seen_at bigint);
create index notices_new on notices (at) where seen_at is null;

create table audit (
    seq bigint primary key, at bigint not null, kind text not null, who text not null, subject text not null, data text not null, words_digest text,
    previous text not null, hash text not null);
create table audit_salts (seq bigint primary key, subject text not null, salt text not null);

create table outcomes (
    case_id text primary key, day text not null, conversation text not null, playbook text not null, version text not null, arm text not null,
    share double precision not null, first integer not null, started_at bigint not null, ordered_at bigint not null, last_at bigint not null,
    sent integer not null, wrong integer not null, drawn_at bigint, drawn_right integer, held_right integer, comparable_at bigint,
    unhappy integer not null, is_open integer not null default 1, state text not null);
create index outcomes_of on outcomes (playbook, version, ordered_at, case_id);
create index outcomes_order on outcomes (ordered_at, case_id);
create index outcomes_open on outcomes (last_at) where is_open = 1;
create index outcomes_sent on outcomes (playbook, version) where sent = 1;
create index outcomes_wrong on outcomes (playbook, version, ordered_at) where wrong = 1;
create index outcomes_drawn on outcomes (playbook, version, drawn_at, drawn_right) where drawn_at is not null;
create index outcomes_customer on outcomes (conversation, share);
create table outcome_events (id integer primary key, case_id text not null, at bigint not null, event text not null);
create index outcome_events_of on outcome_events (case_id, id);

create table evidence (
    playbook text not null, version text not null, through bigint not null, evidence text not null, primary key (playbook, version, through));
create table counters (
    day text not null, playbook text not null, version text not null, arm text not null, counters text not null, primary key (day, playbook, version, arm));
create table rollout_changes (
    id integer primary key, at bigint not null, playbook text, version text not null, step text not null, buckets bigint not null, who text not null, why text not null);

create table settings (name text primary key, value text not null);

create table seen (key text primary key, at bigint not null);
create index seen_at on seen (at);
create table thumbs (answer text primary key, word text not null, at bigint not null);

create table desk_cards (
    kind text not null, id text not null, conversation text, chat bigint not null, message bigint not null, thread bigint, digest text not null,
    is_open integer not null, later_until bigint, posted_at bigint not null, primary key (kind, id));
create index desk_cards_open on desk_cards (chat, is_open);
create index desk_cards_message on desk_cards (chat, message);
create table desk_topics (chat bigint not null, conversation text not null, thread bigint not null, primary key (chat, conversation));
create index desk_topics_thread on desk_topics (chat, thread);
create table desk_prompts (
    chat bigint not null, message bigint not null, purpose text not null, subject text not null, seen text not null, primary key (chat, message));
