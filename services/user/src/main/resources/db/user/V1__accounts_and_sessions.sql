-- Names, phones and addresses are AES-GCM ciphertexts. Secrets that people hold (verification and refresh tokens)
-- are kept as SHA-256 digests only.

create table account (
    id uuid primary key,
    email text not null unique,
    password_hash text not null,
    name bytea not null,
    phone bytea,
    address bytea,
    bio text,
    profile_image_url text,
    role text not null check (role in ('USER', 'ADMIN')),
    verified_at timestamptz,
    noticed_at timestamptz,
    created_at timestamptz not null
);

-- Each sign-up of an address that is not verified yet has its own link, and the link decides whose password and
-- profile the account gets: nobody can slip their password under somebody else's confirmation.
create table verification (
    token_digest text primary key,
    account_id uuid not null references account on delete cascade,
    password_hash text not null,
    name bytea not null,
    phone bytea,
    address bytea,
    bio text,
    profile_image_url text,
    expires_at timestamptz not null
);
create index verification_by_account on verification (account_id);
create index verification_by_expiry on verification (expires_at);

create table session (
    id uuid primary key,
    account_id uuid not null references account on delete cascade,
    device text,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null
);
create index session_by_account on session (account_id);
create index session_by_expiry on session (expires_at);

-- A spent token stays as long as its session: whoever presents it again ends the session.
create table refresh_token (
    digest text primary key,
    session_id uuid not null references session on delete cascade,
    spent_at timestamptz
);
create index refresh_token_by_session on refresh_token (session_id);

-- Failed logins per e-mail address, known or not, so that the answer does not tell which.
create table login_failure (
    email text primary key,
    failures int not null,
    since timestamptz not null
);
create index login_failure_by_age on login_failure (since);
