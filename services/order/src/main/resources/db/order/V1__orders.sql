-- An order is one row: its lines never change on their own, and a run of a drop writes thousands of orders a second.
create table orders (
    -- The hold's id, so an order can be made only once, whoever makes it and how often they try.
    id uuid primary key,
    user_id uuid not null,
    drop_id uuid not null,
    -- The hold's place in the drop's line.
    sequence bigint not null,
    status text not null check (status in (
        'PENDING_PAYMENT', 'PAID', 'SHIPPING', 'DELIVERED', 'PAYMENT_FAILED',
        'EXPIRED', 'CANCELLED', 'RETURN_REQUESTED', 'RETURNED')),
    -- Counts the changes of status.
    version int not null default 0,
    -- [{productId, title, quantity, unitPrice}]
    items jsonb not null,
    total bigint not null check (total >= 0),
    discount bigint not null default 0 check (discount >= 0),
    payable bigint not null check (payable = total - discount and payable >= 0),
    hold_expires_at timestamptz not null,
    -- The one payment whose money the order has (or had, once it is cancelled).
    paid_by uuid,
    created_at timestamptz not null,
    changed_at timestamptz not null default now(),
    check (status <> 'PAID' or paid_by is not null),
    check (status not in ('PENDING_PAYMENT', 'PAYMENT_FAILED', 'EXPIRED') or paid_by is null)
) with (fillfactor = 85);

-- "My orders, newest first": ids are time-ordered.
create index orders_of_user on orders (user_id, id);

-- Money that must go back: at most one row, and so at most one RefundDue, per payment.
create table refund (
    payment_id uuid primary key,
    order_id uuid not null,
    reason text not null,
    created_at timestamptz not null default now()
);
