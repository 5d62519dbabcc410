-- Drops and where their units are. The engine's stock of the same id decides about sales; this says what is sold.
create table drop (
    id uuid primary key,
    product_id uuid not null,
    title text not null check (length(title) between 1 and 200),
    quantity bigint not null check (quantity > 0),
    price bigint not null check (price >= 0),
    per_user_limit int not null check (per_user_limit > 0),
    opens_at timestamptz not null,
    closes_at timestamptz not null check (closes_at > opens_at),
    payment_window_seconds int not null check (payment_window_seconds > 0),
    strategy text not null,
    -- DRAFT: units may have left the product. WITHDRAWING: they go back, nothing was sold. WITHDRAWN: they are back.
    -- SCHEDULED: on sale within the window. CANCELLED: no longer.
    phase text not null check (phase in ('DRAFT', 'WITHDRAWING', 'WITHDRAWN', 'SCHEDULED', 'CANCELLED')),
    -- Unsold units on their way back to the product after the end, and those that have arrived.
    returning_units bigint not null default 0 check (returning_units >= 0),
    returned_units bigint not null default 0 check (returned_units >= 0),
    return_round int not null default 0,
    created_at timestamptz not null default clock_timestamp(),
    version bigint not null
);

-- What recovery looks for.
create index drop_unfinished on drop (created_at) where phase in ('DRAFT', 'WITHDRAWING') or returning_units > 0;
create index drop_closing on drop (closes_at);

-- How far each drop's hold log has been published.
create table relay_position (
    stock_id uuid primary key,
    sequence bigint not null default 0,
    settlement bigint not null default 0
) with (fillfactor = 50);
