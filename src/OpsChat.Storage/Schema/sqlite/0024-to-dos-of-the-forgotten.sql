-- A to-do whose customer was forgotten still says what is to be done.
alter table todos add column instruction text;
