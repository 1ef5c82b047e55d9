-- What was asked for in one lane is read by itself.
create index shop_actions_lane on shop_actions (lane, created_at);
