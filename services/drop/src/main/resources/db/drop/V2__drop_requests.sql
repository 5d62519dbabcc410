-- Which drop an administrator's Idempotency-Key scheduled; it is written with the draft, and goes with a draft that
-- came to nothing. The answer follows, and is given again as it was.
create table drop_request (
    user_id uuid not null,
    key text not null,
    fingerprint text not null,
    drop_id uuid not null unique,
    answer text,
    primary key (user_id, key)
);
