-- Whether the catalog knows until when the drop is on sale: false from a change until the catalog has taken it.
alter table drop add column window_told boolean not null default true;

create index drop_untold on drop (id) where not window_told;
