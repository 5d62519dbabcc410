-- An answer that created something says where; it is given again with the rest. Repeatable, so that it comes after a
-- service's own migrations, whatever their number.
alter table idempotency add column if not exists location text;
