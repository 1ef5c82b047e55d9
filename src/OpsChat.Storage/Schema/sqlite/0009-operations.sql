-- The shop's own data as they were known, and what watching them found. An alert is one row with its newest facts; what happened to it
-- stands beside it.
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
