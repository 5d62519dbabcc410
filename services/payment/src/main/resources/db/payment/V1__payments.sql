-- One attempt to pay for an order. The amount is the order's; nothing here changes without a guard on the status.
create table payment (
    id uuid primary key,
    order_id uuid not null,
    user_id uuid not null,
    amount bigint not null check (amount >= 0),
    method text not null check (method in ('CARD', 'POINTS')),
    status text not null check (status in ('READY', 'PENDING', 'SUCCEEDED', 'FAILED', 'EXPIRED', 'REFUNDED')),
    failure_code text,
    created_at timestamptz not null default now(),
    -- the order's hold ends then, and with it the chance to confirm
    expires_at timestamptz not null,
    settled_at timestamptz,
    -- the order said the money may not stay; kept here so that it is not lost while the provider has not answered
    refund_due_at timestamptz,
    refund_reason text,
    -- when somebody must look after this payment: to expire it, to ask the provider, or to refund; null for never
    attend_at timestamptz,
    check ((status = 'FAILED') = (failure_code is not null))
);

-- At most one living payment per order: the database refuses a second charge whatever the code does.
create unique index payment_one_alive_per_order on payment (order_id) where status in ('READY', 'PENDING', 'SUCCEEDED');
create index payment_of_order on payment (order_id);
create index payment_of_user on payment (user_id, id desc);
create index payment_to_attend on payment (attend_at) where attend_at is not null;

-- Where points lie. A wallet's id is its owner's; its balance is kept beside the ledger and can never be negative.
-- The shop's own accounts have no balance column: every shopper's move would queue for that one row.
create table account (
    id uuid primary key,
    kind text not null check (kind in ('WALLET', 'ISSUANCE', 'REVENUE')),
    balance bigint,
    created_at timestamptz not null default now(),
    check ((kind = 'WALLET') = (balance is not null)),
    constraint wallet_is_never_negative check (balance >= 0)
);

insert into account (id, kind, balance) values
    ('00000000-0000-0000-0000-000000000001', 'ISSUANCE', null),
    ('00000000-0000-0000-0000-000000000002', 'REVENUE', null);

-- The ledger: one row moves one amount from one account to another, so a row without its counterpart cannot be written.
create table transfer (
    id uuid primary key,
    kind text not null check (kind in ('CHARGE', 'PAYMENT', 'REFUND')),
    from_account uuid not null references account (id),
    to_account uuid not null references account (id),
    amount bigint not null check (amount > 0),
    payment_id uuid references payment (id),
    created_at timestamptz not null default now(),
    check (from_account <> to_account),
    check ((kind = 'CHARGE') = (payment_id is null))
);

-- A payment takes points once and gives them back once.
create unique index transfer_once_per_payment on transfer (payment_id, kind) where payment_id is not null;
create index transfer_from on transfer (from_account, id desc);
create index transfer_to on transfer (to_account, id desc);

-- The two sides of every transfer.
create view entry as
    select id as transfer_id, kind, from_account as account_id, -amount as amount, payment_id, created_at from transfer
    union all
    select id, kind, to_account, amount, payment_id, created_at from transfer;

-- What the simulated card network remembers, as a real one would on its own machines. Nothing else reads this.
create table card_network_charge (
    payment_id uuid primary key,
    amount bigint not null,
    outcome text not null check (outcome in ('APPROVED', 'DECLINED')),
    decline_code text,
    -- a late answer: the money is taken, and told of, only then
    answers_at timestamptz not null,
    refunded_at timestamptz,
    check ((outcome = 'DECLINED') = (decline_code is not null)),
    check (refunded_at is null or outcome = 'APPROVED')
);
