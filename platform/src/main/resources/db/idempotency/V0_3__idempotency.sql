-- The first answer to each idempotency key, written in the transaction of its effect.
create table idempotency (
    user_id uuid not null,
    route text not null,
    key text not null,
    fingerprint text not null,
    status int not null,
    body text not null,
    created_at timestamptz not null default now(),
    primary key (user_id, route, key)
);
