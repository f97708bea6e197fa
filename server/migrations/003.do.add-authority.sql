-- What the token authority and the administration add.

-- A public application (a program on people's own machines) has no secret; it signs users in with PKCE or a device code.
alter table applications
  add column is_public boolean not null default false,
  add column redirect_uris text[] not null default '{}';

-- People who sign in. Only a slow hash of the password is kept. The name they sign in with is lower case.
create table users (
  user_id uuid primary key,
  partner_id uuid not null references partners on delete cascade,
  user_principal_name text not null,
  display_name text not null,
  password_hash text not null,
  roles text[] not null,
  is_enabled boolean not null default true,
  created_at timestamptz not null default now(),
  constraint users_principal_name_is_unique unique (user_principal_name)
);
create index users_by_partner on users (partner_id, user_id);

-- Refresh tokens, by digest. A replaced one stays until it expires, so that its reuse is noticed.
create table refresh_tokens (
  token_digest bytea primary key,
  -- All tokens that came of one sign-in: revoked together.
  family_id uuid not null,
  client_id uuid not null references applications on delete cascade,
  user_id uuid not null references users on delete cascade,
  audience text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  replaced_at timestamptz
);
create index refresh_tokens_by_family on refresh_tokens (family_id);
create index refresh_tokens_by_application on refresh_tokens (client_id);
create index refresh_tokens_by_user on refresh_tokens (user_id);
create index refresh_tokens_by_expiry on refresh_tokens (expires_at);

-- Authorization codes, by digest. A redeemed one stays until it expires: offered again, its family is revoked.
create table authorization_codes (
  code_digest bytea primary key,
  family_id uuid not null,
  client_id uuid not null references applications on delete cascade,
  user_id uuid not null references users on delete cascade,
  redirect_uri text not null,
  code_challenge text,
  audience text not null,
  scope text not null,
  nonce text,
  expires_at timestamptz not null,
  redeemed_at timestamptz
);
create index authorization_codes_by_application on authorization_codes (client_id);
create index authorization_codes_by_user on authorization_codes (user_id);
create index authorization_codes_by_expiry on authorization_codes (expires_at);

-- Sign-ins that a person finishes on another device.
create table device_logins (
  device_code_digest bytea primary key,
  user_code text not null,
  client_id uuid not null references applications on delete cascade,
  audience text not null,
  scope text not null,
  expires_at timestamptz not null,
  status text not null default 'pending' check (status in ('pending', 'approved', 'denied')),
  user_id uuid references users on delete cascade,
  constraint device_logins_user_code_is_unique unique (user_code),
  constraint device_logins_approved_by_somebody check ((status = 'approved') = (user_id is not null))
);
create index device_logins_by_application on device_logins (client_id);
create index device_logins_by_user on device_logins (user_id);
create index device_logins_by_expiry on device_logins (expires_at);

-- Who may use the administration API. A secret has 256 random bits, so a plain digest hides it.
create table administrators (
  administrator_id uuid primary key,
  name text not null,
  secret_digest bytea not null,
  created_at timestamptz not null,
  constraint administrators_name_is_unique unique (name),
  constraint administrators_secret_is_unique unique (secret_digest)
);

-- Set when a newer key takes over: until then its tokens are good.
alter table signing_keys add column expires_at timestamptz;

-- No partner: the relationship has ended. The customer's devices stay registered.
alter table customers alter column partner_id drop not null;
