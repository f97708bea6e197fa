-- What the reports on MFA tell: requests of users (app+user). Both tables hold the last days only.

-- How many requests a user made through an application on a day, and how many with a second factor.
create table partner_request_counts (
  partner_id uuid not null references partners on delete cascade,
  request_date date not null,
  client_id text not null,
  user_id text not null,
  user_principal_name text not null,
  total bigint not null,
  compliant bigint not null,
  last_non_compliant_at timestamptz,
  primary key (partner_id, request_date, client_id, user_id)
);
create index partner_request_counts_by_date on partner_request_counts (request_date);

-- The latest requests of each partner, one by one.
create table partner_requests (
  request_number bigint generated always as identity primary key,
  partner_id uuid not null references partners on delete cascade,
  requested_at timestamptz not null,
  -- What the report shows.
  request jsonb not null
);
create index partner_requests_by_partner on partner_requests (partner_id, request_number);
create index partner_requests_by_time on partner_requests (requested_at);
