namespace OpsChat.Storage;

/// <summary>
/// The tables, as a list of steps: step N brings a database from version N-1 to N and is never edited after a release.
/// Only what SQLite and PostgreSQL both understand is used: bigint milliseconds since 1970 for times, text for JSON, 0/1 for flags.
/// </summary>
static class Schema
{
    public static int Version => Steps.Length;

    public static string[] Steps { get; } =
    [
        """
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
        """,
        "alter table handoffs add column summary text",
        // The counters become one flat object of what was counted. Only SQLite has databases as old as this, so its JSON functions may be used.
        """
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
        """,
        // What is asked for each message or at each look is found by an index of its own, however much the shop has been through.
        """
        create index outbox_unsent on outbox (conversation, seq) where state in ('Queued', 'Sending');
        create index outbox_spot_checks on outbox (done_at) where spot_check = 1 and state = 'Sent';
        create index approvals_of on approvals (conversation, state);
        drop index approvals_case;
        create index approvals_case on approvals (case_id, state, created_at);
        create index approvals_newest on approvals (state, created_at);
        create index approvals_at on approvals (created_at);
        create index handoffs_of on handoffs (conversation, state, at);
        create index handoffs_at on handoffs (at);
        create index todos_open on todos (created_at) where state = 'Open';
        alter table todos add column told_at bigint;
        alter table todos add column tell_at bigint default 0;
        alter table todos add column tries bigint not null default 0;
        """,
        // What is counted becomes a row for each name, so that sums are added where they stand. Each change is appended to the feed of the error log.
        """
        create table heads (name text primary key, value bigint not null);
        create table error_feed (
            seq integer primary key, at bigint not null, day text not null, playbook text not null, version text not null, arm text not null, read_by text not null,
            counts text not null, what text, standing text, kinds text, said_by text);
        create table day_counts (
            day text not null, playbook text not null, version text not null, arm text not null, read_by text not null, name text not null, sum bigint not null,
            primary key (day, playbook, version, arm, read_by, name)) without rowid;
        create table month_counts (
            month text not null, playbook text not null, version text not null, arm text not null, read_by text not null, name text not null, sum bigint not null,
            primary key (month, playbook, version, arm, read_by, name)) without rowid;
        insert into day_counts select day, playbook, version, arm, 'Classifier', one.key, one.value from counters, json_each(counters.counters) one;
        insert into month_counts select month, playbook, version, arm, 'Classifier', one.key, one.value from counter_months, json_each(counter_months.counters) one;
        drop table counters;
        drop table counter_months;
        insert into settings (name, value) values ('store-id', lower(hex(randomblob(16))));
        """,
        // What a model translated waits here for a person: one for each version of a text and language.
        """
        create table translations (
            id text primary key, playbook text not null, version text not null, language text not null, original text not null, text text not null,
            state text not null, at bigint not null, decided_by text, decided_at bigint, unique (playbook, version, language));
        create index translations_waiting on translations (at) where state = 'Proposed';
        """,
        // What each decision started from, and what the customer told of a matter.
        """
        alter table turns add column input text;
        alter table cases add column slots text;
        """,
        // A line gets its place among both sides' lines when it leaves; until then it only has one in the queue.
        """
        alter table conversations add column next_queued bigint not null default 1;
        alter table outbox add column queued bigint not null default 0;
        update outbox set queued = seq;
        update outbox set seq = 0 where state = 'Queued' and parts_sent = 0;
        update conversations set next_queued = next_seq;
        drop index outbox_unsent;
        create index outbox_unsent on outbox (conversation, queued) where state in ('Queued', 'Sending');
        """,
        // The shop's own data as they were known, and what watching them found. An alert is one row with its newest facts; what happened to it
        // stands beside it.
        """
        create table history_days (kind text not null, day text not null, rows blob not null, primary key (kind, day));
        create table alerts (
            key text primary key, id text not null unique, monitor text not null, is_open integer not null, opened_at bigint not null, alert text not null);
        create index alerts_open on alerts (opened_at) where is_open = 1;
        create table alert_events (
            seq integer primary key, alert text not null, at bigint not null, who text not null, what text not null, text text not null default '');
        create index alert_events_of on alert_events (alert, seq);
        create index alert_events_at on alert_events (what, at);
        create table monitor_looks (monitor text primary key, at bigint not null, checked integer not null, gaps text not null);
        create table briefings (day text primary key, at bigint not null, text text not null);
        create table known_feeds (kind text primary key, file text not null);
        create table lane_changes (seq integer primary key, lane text not null, autonomy text not null, who text not null, at bigint not null);
        create table shop_actions (
            id text primary key, revision integer not null, hash text not null, state text not null, alert text not null, lane text not null, kind text not null,
            subject text not null, parameters text not null, amount_minor bigint, currency text, text text not null, evidence text not null, recipients text not null default '[]',
            created_at bigint not null, expires_at bigint not null, decided_by text, decided_at bigint, reason text, told_at bigint, tell_at bigint, tries bigint not null default 0,
            result text, result_at bigint);
        create index shop_actions_state on shop_actions (state, created_at);
        create index shop_actions_alert on shop_actions (alert, kind);
        """,
        // A suggestion says how sure it is and what else could be meant; a customer is told at most now and then that a person still works on it.
        """
        alter table cases add column reminded_at bigint;
        alter table outbox add column also_cases text not null default '[]';
        alter table handoffs add column confidence real;
        alter table handoffs add column alternatives text not null default '[]';
        """,
        // The approvals of an order are found together, and each remembers what was confirmed with it.
        """
        alter table approvals add column order_key text;
        alter table approvals add column confirmed text not null default '[]';
        alter table approvals add column unconfirmed text not null default '[]';
        alter table approvals add column refunded_minor bigint;
        alter table approvals add column refunded_currency text;
        alter table approvals add column goes_over integer not null default 0;
        alter table approvals add column seen_seq bigint not null default 0;
        update approvals set seen_seq = coalesce((select max(seq) from inbox where inbox.conversation = approvals.conversation and inbox.turn is not null), 0);
        update approvals set order_key = upper(replace(trim(order_number, '#-_.,:;!?()"''/ '), ' ', '')) where order_number is not null;
        create index approvals_order on approvals (order_key) where order_key is not null;
        """,
        // What was committed, told by the database itself: whoever listens goes on from the number seen last.
        """
        create table changes (number integer primary key autoincrement, kind text not null, conversation text, id text not null);
        create trigger inbox_added after insert on inbox begin
            insert into changes (kind, conversation, id) values ('message', new.conversation, new.id); end;
        create trigger outbox_added after insert on outbox begin
            insert into changes (kind, conversation, id) values ('outbox', new.conversation, new.id); end;
        create trigger outbox_moved after update of state on outbox when new.state <> old.state and new.state <> 'Sent' begin
            insert into changes (kind, conversation, id) values ('outbox', new.conversation, new.id); end;
        create trigger outbox_sent after update of state on outbox when new.state <> old.state and new.state = 'Sent' begin
            insert into changes (kind, conversation, id) values ('message', new.conversation, new.id); end;
        create trigger turns_added after insert on turns begin
            insert into changes (kind, conversation, id) values ('decision', new.conversation, new.id); end;
        create trigger approvals_added after insert on approvals begin
            insert into changes (kind, conversation, id) values ('approval', new.conversation, new.id); end;
        create trigger approvals_changed after update on approvals begin
            insert into changes (kind, conversation, id) values ('approval', new.conversation, new.id); end;
        create trigger handoffs_added after insert on handoffs begin
            insert into changes (kind, conversation, id) values ('handoff', new.conversation, new.id); end;
        create trigger handoffs_changed after update on handoffs begin
            insert into changes (kind, conversation, id) values ('handoff', new.conversation, new.id); end;
        create trigger todos_added after insert on todos begin
            insert into changes (kind, conversation, id) values ('todo', null, new.id); end;
        create trigger todos_changed after update on todos begin
            insert into changes (kind, conversation, id) values ('todo', null, new.id); end;
        create trigger notices_added after insert on notices begin
            insert into changes (kind, conversation, id) values ('notice', null, new.id); end;
        create trigger notices_changed after update on notices begin
            insert into changes (kind, conversation, id) values ('notice', null, new.id); end;
        create trigger alerts_added after insert on alerts begin
            insert into changes (kind, conversation, id) values ('alert', null, new.id); end;
        create trigger alerts_changed after update on alerts begin
            insert into changes (kind, conversation, id) values ('alert', null, new.id); end;
        create trigger shop_actions_added after insert on shop_actions begin
            insert into changes (kind, conversation, id) values ('action', null, new.id); end;
        create trigger shop_actions_changed after update on shop_actions begin
            insert into changes (kind, conversation, id) values ('action', null, new.id); end;
        create trigger rollout_changes_added after insert on rollout_changes begin
            insert into changes (kind, conversation, id) values ('rollout', null, new.id); end;
        """,
        // What is erased, watched or listed is found without reading whole tables.
        """
        create index audit_salts_subject on audit_salts (subject);
        create index changes_of on changes (conversation);
        create index todos_approval on todos (approval);
        create index desk_cards_of on desk_cards (conversation);
        create index cases_opened on cases (opened_at) where playbook <> '';
        create index conversations_last on conversations (last_at);
        create index shop_actions_kind on shop_actions (kind, created_at);
        create index alert_events_when on alert_events (at);
        """,
        // The log vouches for rows of other tables by digests; how many rows are older than that is told in the first of them.
        """
        create table audit_keys (conversation text primary key, key text not null);
        insert into settings (name, value) select 'audit-older', (select count(*) from approvals) || ',' || (select count(*) from outbox) || ','
            || (select count(*) from turns) || ',' || (select count(*) from handoffs);
        """,
        // What Telegram sent and nobody could read, as it came.
        """
        create table unread_updates (number integer primary key, body text not null, at integer not null);
        create index unread_updates_at on unread_updates (at);
        """,
        // Pictures are files; what is known of each stands here. One that a channel still has is fetched, and then told like a message.
        """
        create table pictures (
            id text primary key, conversation text not null, message text not null, place integer not null, kind text, bytes bigint not null, state text not null,
            source text, tries integer not null default 0, at bigint not null, next_try_at bigint not null);
        create index pictures_of on pictures (message, place);
        create index pictures_from on pictures (conversation);
        create index pictures_awaited on pictures (next_try_at) where state = 'Awaited';
        create index pictures_erased on pictures (id) where state = 'Erased';
        create trigger pictures_fetched after update of state on pictures when new.state = 'Stored' begin
            insert into changes (kind, conversation, id) values ('message', new.conversation, new.message); end;
        """,
        // What the owner's files said before, what somebody wrote and could not save yet, and conversations that shall be answered as they were.
        """
        create table file_versions (id text primary key, file text not null, number bigint not null, version text not null, content text not null, who text not null, at bigint not null);
        create unique index file_versions_of on file_versions (file, number);
        create table file_drafts (file text not null, who text not null, begun text, content text not null, at bigint not null, primary key (file, who));
        create table pins (conversation text primary key, turns text not null, who text not null, at bigint not null);
        """,
        // Answers that a person is asked about because the customer's next words leave them in doubt.
        """
        create index outbox_in_doubt on outbox (done_at) where spot_check = 2 and state = 'Sent';
        create index outbox_case on outbox (case_id, seq) where kind = 'Answer';
        """,
        // Nobody confirms what they were not shown.
        """
        create table second_steps (subject text not null, who text not null, digest text not null, sentences text not null, conversation text not null,
            shown_at bigint not null, primary key (subject, who, digest));
        create index second_steps_conversation on second_steps (conversation);
        """,
        // What was told to the shop's system and is taken back is told too; a notice is looked at once more when it leaves.
        """
        alter table shop_actions add column undo_at bigint;
        alter table shop_actions add column undo_tries bigint not null default 0;
        alter table outbox add column notice text;
        """,
        // Whoever answers sees the order that the chat proved or named.
        "alter table handoffs add column order_facts text",
        // What people keep about a conversation among themselves, who they are, and the words by which conversations are found: an index without a
        // copy of the text, kept by the database itself in the transaction that stores, changes or erases a line.
        """
        create table handling (
            conversation text primary key, assigned text, snoozed_until bigint, priority integer not null default 0, tags text not null default '[]');
        create index handling_assigned on handling (assigned) where assigned is not null;
        create table internal_notes (id text primary key, conversation text not null, who text not null, text text not null, at bigint not null);
        create index internal_notes_of on internal_notes (conversation, at);
        create table saved_views (who text not null, name text not null, query text not null, primary key (who, name));
        create table people (
            name text primary key, role text not null, max_amount text, key text not null, added_at bigint not null, added_by text not null, seen_at bigint);
        create index audit_who on audit (who, seq);
        create trigger handling_added after insert on handling begin
            insert into changes (kind, conversation, id) values ('handling', new.conversation, new.conversation); end;
        create trigger handling_changed after update on handling begin
            insert into changes (kind, conversation, id) values ('handling', new.conversation, new.conversation); end;
        create trigger internal_notes_added after insert on internal_notes begin
            insert into changes (kind, conversation, id) values ('note', new.conversation, new.id); end;
        create trigger taken_over after update of taken_over_until on conversations when new.taken_over_until is not old.taken_over_until begin
            insert into changes (kind, conversation, id) values ('handling', new.id, new.id); end;
        create trigger inbox_wakes after insert on inbox begin
            update handling set snoozed_until = null where conversation = new.conversation and snoozed_until is not null; end;

        create table search_lines (id integer primary key, ref text not null unique, conversation text not null, words text);
        create index search_lines_of on search_lines (conversation);
        create view search_texts as
            select l.id as id, i.text as words from search_lines l join inbox i on i.id = l.ref union all
            select l.id, o.text from search_lines l join outbox o on o.id = l.ref union all
            select l.id, n.text from search_lines l join internal_notes n on n.id = l.ref union all
            select l.id, l.words from search_lines l where l.words is not null;
        create virtual table search using fts5 (
            words, content='search_texts', content_rowid='id', tokenize="unicode61 remove_diacritics 2", prefix='2 3');
        insert into search_lines (ref, conversation, words) select c.id, c.id, coalesce(c.name, '') || ' ' || c.customer || ' ' || coalesce((select group_concat(value, ' ') from json_each(c.identity, '$.proven')), '')
                || ' ' || coalesce((select group_concat(value, ' ') from json_each(c.identity, '$.emails')), '') from conversations c where c.channel <> 'forgotten';
        insert into search_lines (ref, conversation) select id, conversation from (
            select id, conversation, received_at as at from inbox where text <> '' union all
            select id, conversation, created_at as at from outbox where text <> '' and state = 'Sent') order by at;
        insert into search (search) values ('rebuild');
        create trigger inbox_found after insert on inbox when new.text <> '' begin
            insert into search_lines (ref, conversation) values (new.id, new.conversation);
            insert into search (rowid, words) select id, new.text from search_lines where ref = new.id; end;
        create trigger internal_notes_found after insert on internal_notes when new.text <> '' begin
            insert into search_lines (ref, conversation) values (new.id, new.conversation);
            insert into search (rowid, words) select id, new.text from search_lines where ref = new.id; end;
        create trigger inbox_found_anew after update of text, conversation on inbox when new.text <> old.text or new.conversation <> old.conversation begin
            insert into search (search, rowid, words) select 'delete', id, old.text from search_lines where ref = old.id;
            delete from search_lines where ref = old.id;
            insert into search_lines (ref, conversation) select new.id, new.conversation where new.text <> '';
            insert into search (rowid, words) select id, new.text from search_lines where ref = new.id; end;
        create trigger internal_notes_lost after delete on internal_notes begin
            insert into search (search, rowid, words) select 'delete', id, old.text from search_lines where ref = old.id;
            delete from search_lines where ref = old.id; end;
        create trigger outbox_found after insert on outbox when new.text <> '' and new.state = 'Sent' begin
            insert into search_lines (ref, conversation) values (new.id, new.conversation);
            insert into search (rowid, words) select id, new.text from search_lines where ref = new.id; end;
        create trigger outbox_found_when_sent after update of state on outbox when new.text <> '' and new.state = 'Sent' and old.state <> 'Sent' begin
            insert into search (search, rowid, words) select 'delete', id, new.text from search_lines where ref = new.id;
            delete from search_lines where ref = new.id;
            insert into search_lines (ref, conversation) values (new.id, new.conversation);
            insert into search (rowid, words) select id, new.text from search_lines where ref = new.id; end;
        create trigger outbox_lost after update of text, conversation on outbox when new.text <> old.text or new.conversation <> old.conversation begin
            insert into search (search, rowid, words) select 'delete', id, old.text from search_lines where ref = old.id;
            delete from search_lines where ref = old.id; end;
        create trigger conversations_found after insert on conversations begin
            insert into search_lines (ref, conversation, words) values (new.id, new.id, coalesce(new.name, '') || ' ' || new.customer || ' ' || coalesce((select group_concat(value, ' ') from json_each(new.identity, '$.proven')), '')
                || ' ' || coalesce((select group_concat(value, ' ') from json_each(new.identity, '$.emails')), ''));
            insert into search (rowid, words) select id, words from search_lines where ref = new.id; end;
        create trigger conversations_found_anew after update of name, identity, id on conversations
            when new.name is not old.name or new.identity is not old.identity or new.id <> old.id begin
            insert into search (search, rowid, words) select 'delete', id, words from search_lines where ref = old.id;
            delete from search_lines where ref = old.id;
            insert into search_lines (ref, conversation, words) select new.id, new.id, coalesce(new.name, '') || ' ' || new.customer || ' ' || coalesce((select group_concat(value, ' ') from json_each(new.identity, '$.proven')), '')
                || ' ' || coalesce((select group_concat(value, ' ') from json_each(new.identity, '$.emails')), '') where new.channel <> 'forgotten';
            insert into search (rowid, words) select id, words from search_lines where ref = new.id; end;
        """,
        // Pictures stand beside their cards in the owner chat once.
        """
        alter table pictures add column shown integer not null default 0;
        create index pictures_unshown on pictures (at) where state = 'Stored' and shown = 0;
        """,
        // What people's corrections propose, and what became of it; the words in it are masked. Which conversations speak for it stands beside it.
        """
        create table proposals (
            id text primary key, kind text not null, playbook text not null, content text not null, evidence integer not null, state text not null,
            made_at bigint not null, who text, reason text, decided_at bigint);
        create index proposals_state on proposals (state);
        create table proposal_cases (proposal text not null, conversation text not null, turn text not null, primary key (proposal, turn));
        create index proposal_cases_of on proposal_cases (conversation);
        """,
    ];
}
