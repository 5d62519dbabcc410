-- The shelf of the strategy unit-rows: one row per unit that lies out to be taken. The stock's counters stay the truth;
-- a row is only leave to try. Which number a unit has means nothing.
-- Repeatable, and harmless where it has run: a service whose own migrations (from 1 on) have run takes no new version
-- below 1.
CREATE TABLE IF NOT EXISTS stock_unit (
    stock_id uuid   NOT NULL,
    number   bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (stock_id, number)
);
