-- The engine's tables. They live in the schema of the service that uses them; no name here is qualified.
-- These constraints are the arbiter: application code may be wrong, these may not.

CREATE TABLE stock (
    id               uuid        PRIMARY KEY,
    quantity         bigint      NOT NULL,
    remaining        bigint      NOT NULL CONSTRAINT never_oversold CHECK (remaining >= 0),
    held             bigint      NOT NULL DEFAULT 0 CHECK (held >= 0),
    confirmed        bigint      NOT NULL DEFAULT 0 CHECK (confirmed >= 0),
    per_holder_limit integer     CHECK (per_holder_limit >= 1),
    opens_at         timestamptz,
    closes_at        timestamptz,
    hold_millis      bigint      NOT NULL CHECK (hold_millis > 0),
    -- Counters handed out under this row's lock: what they number commits in their order.
    last_sequence    bigint      NOT NULL DEFAULT 0,
    last_settlement  bigint      NOT NULL DEFAULT 0,
    -- Every hold with sequence <= swept is settled, so expiry never reads it again.
    swept            bigint      NOT NULL DEFAULT 0,
    -- No later than the end of the oldest hold beyond swept; null when there is none.
    first_expiry     timestamptz,
    -- The fence: every change adds one.
    version          bigint      NOT NULL DEFAULT 0,
    CONSTRAINT units_are_conserved CHECK (held + confirmed + remaining = quantity)
) WITH (fillfactor = 50);

-- first_expiry changes once per sweep, not once per sale, so sales stay heap-only updates.
CREATE INDEX stock_due ON stock (first_expiry) WHERE first_expiry IS NOT NULL;

-- One row per hold; where the stock has a limit per holder, one row per held unit, and unit 1 speaks for the hold.
-- No foreign key: rows are written only under the stock row's lock, and stocks are never deleted.
CREATE TABLE hold (
    id              uuid        NOT NULL,
    stock_id        uuid        NOT NULL,
    holder          uuid        NOT NULL,
    sequence        bigint      NOT NULL,
    held_at         timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    quantity        integer     NOT NULL,
    unit            integer     NOT NULL,
    -- The place this unit takes among the holder's; null without a limit, and once the unit is given back.
    slot            integer,
    holder_limit    integer,
    -- 0 HELD, 1 CONFIRMED, 2 RELEASED, 3 EXPIRED
    status          smallint    NOT NULL,
    idempotency_key text,
    PRIMARY KEY (id, unit),
    CONSTRAINT makes_sense CHECK (sequence > 0 AND quantity > 0 AND unit >= 1 AND status BETWEEN 0 AND 3),
    CONSTRAINT within_the_limit CHECK (slot BETWEEN 1 AND holder_limit),
    CONSTRAINT limited_units_have_a_slot CHECK ((slot IS NOT NULL) = (holder_limit IS NOT NULL AND status <= 1))
) WITH (fillfactor = 90);

-- At most holder_limit units per holder: a slot is taken once, and there are only so many.
-- Rows without a slot are in it too (nulls are distinct), so it also finds a holder's holds.
CREATE UNIQUE INDEX one_unit_per_slot ON hold (stock_id, holder, slot);

-- The line, and the hold log: rows commit in this order.
CREATE UNIQUE INDEX one_hold_per_place ON hold (stock_id, sequence) WHERE unit = 1;

-- One effect per key.
CREATE UNIQUE INDEX one_hold_per_key ON hold (holder, idempotency_key)
    WHERE idempotency_key IS NOT NULL AND unit = 1;

-- The settlement log: every change of a hold after it was taken, numbered without gaps per stock.
CREATE TABLE settlement (
    stock_id   uuid        NOT NULL,
    number     bigint      NOT NULL CHECK (number > 0),
    hold_id    uuid        NOT NULL,
    status     smallint    NOT NULL CHECK (status BETWEEN 1 AND 3),
    settled_at timestamptz NOT NULL,
    PRIMARY KEY (stock_id, number)
);
