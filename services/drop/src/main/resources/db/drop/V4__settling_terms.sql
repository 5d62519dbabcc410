-- When title, price, limit or time to pay last changed; null for never. Until every instance has forgotten the old ones,
-- the drop is not opened.
alter table drop add column terms_changed_at timestamptz;
