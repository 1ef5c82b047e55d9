-- Answers that a person is asked about because the customer's next words leave them in doubt.
create index outbox_in_doubt on outbox (done_at) where spot_check = 2 and state = 'Sent';
create index outbox_case on outbox (case_id, seq) where kind = 'Answer';
