-- The second factor of users: an authenticator app that shows codes by time (RFC 6238).
alter table users add column requires_mfa boolean not null default false;

-- The secret is needed to check codes, so it is stored as it is; it is never shown again. No code counts twice:
-- `last_step` is the time step of the last one that was taken. Recovery codes, by digest, are erased when used.
create table second_factors (
  user_id uuid primary key references users on delete cascade,
  secret bytea not null,
  last_step bigint not null,
  recovery_code_digests bytea[] not null
);

-- Whether the user proved a second factor when they signed in.
alter table authorization_codes add column has_mfa boolean not null default false;
alter table refresh_tokens add column has_mfa boolean not null default false;
alter table device_logins add column has_mfa boolean not null default false;
