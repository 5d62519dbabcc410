-- Which change of the drop closes_at is from: news that arrives late changes nothing.
ALTER TABLE announced_drop ADD COLUMN version bigint NOT NULL DEFAULT 0;
