-- What every instance looks for several times a second: drops that open in a moment.
create index drop_opening on drop (opens_at) where phase = 'SCHEDULED';
