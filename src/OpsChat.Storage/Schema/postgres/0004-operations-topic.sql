-- The one topic of the owner chat in which the shop's watch speaks and is asked.
create table operations_topics (chat bigint not null primary key, thread bigint not null);
