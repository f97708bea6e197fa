-- What partners are told of: by webhooks, and on the stream of events.

-- Where a partner wants events sent. One that is disabled keeps its settings and gets nothing.
create table webhook_endpoints (
  webhook_endpoint_id uuid primary key,
  partner_id uuid not null references partners on delete cascade,
  url text not null,
  description text not null,
  -- Which events, and of which customers. Null: all of them.
  event_types text[],
  customer_ids uuid[],
  -- What signs: the bytes of a shared secret (v1), or an ed25519 private key in PKCS #8 (v1a).
  signature_version text not null check (signature_version in ('v1', 'v1a')),
  signing_key bytea not null,
  -- After a rotation the former key signs as well, until it expires.
  former_signing_key bytea,
  former_key_expires_at timestamptz,
  disabled_reason text check (disabled_reason in ('requested', 'gone', 'failing')),
  disabled_at timestamptz,
  -- The first failed delivery since the last successful one.
  failing_since timestamptz,
  created_at timestamptz not null,
  constraint webhook_endpoints_disabled_for_a_reason check ((disabled_reason is null) = (disabled_at is null)),
  constraint webhook_endpoints_former_key_expires check ((former_signing_key is null) = (former_key_expires_at is null))
);
create index webhook_endpoints_by_partner on webhook_endpoints (partner_id, webhook_endpoint_id);

-- Partners whose events are kept for a stream that is open, or was until lately.
create table event_streams (
  partner_id uuid primary key references partners on delete cascade,
  kept_until timestamptz not null
);

-- What happened, for partners with an endpoint or a stream only. No serial number and no hash is in it.
create table events (
  event_id uuid primary key default gen_random_uuid(),
  partner_id uuid not null references partners on delete cascade,
  event_type text not null,
  occurred_at timestamptz not null,
  data jsonb not null,
  -- Transactions end in another order than they begin in: this tells what a reader cannot have seen yet.
  transaction_id xid8 not null default pg_current_xact_id()
);
create index events_by_transaction on events (partner_id, transaction_id);
create index events_by_time on events (occurred_at);

-- An event on its way to an endpoint. A pending one is sent when it is due; whoever sends it puts `due_at` off meanwhile.
create table webhook_deliveries (
  webhook_endpoint_id uuid not null references webhook_endpoints on delete cascade,
  event_id uuid not null references events on delete cascade,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  -- The last attempt: when, how long, and the HTTP status, or why there was none.
  attempted_at timestamptz,
  attempt_ms integer,
  response_status integer,
  problem text,
  primary key (webhook_endpoint_id, event_id)
);
create index webhook_deliveries_by_time on webhook_deliveries (webhook_endpoint_id, created_at, event_id);
create index webhook_deliveries_pending on webhook_deliveries (webhook_endpoint_id, due_at) where state = 'pending';
create index webhook_deliveries_by_event on webhook_deliveries (event_id);
