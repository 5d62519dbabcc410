-- Events that have not been sent yet. A row is deleted once Kafka has it, so the relay never needs a position
-- and cannot skip a row that committed late.
create table outbox (
    id bigint generated always as identity primary key,
    topic text not null,
    key text not null,
    type text not null,
    body bytea not null,
    created_at timestamptz not null default now()
);
