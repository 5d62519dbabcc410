-- Every status an order came to, in order: changes[n] is what change number n made of it. An order that has not changed
-- since it was made has none, so making one writes not a byte more than before.
alter table orders add column changes text[];

-- What earlier changes made of an order is not known any more; how it stands now is.
update orders set changes = array_fill(status, array[version]) where version > 0;
