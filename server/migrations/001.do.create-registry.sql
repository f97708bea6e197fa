-- Who may call.
create table partners (
  partner_id uuid primary key,
  name text not null,
  -- The name clients may use instead of the id in token URLs, lower case.
  domain_name text not null unique,
  created_at timestamptz not null default now()
);

create table applications (
  client_id uuid primary key,
  partner_id uuid not null references partners on delete cascade,
  name text not null,
  roles text[] not null,
  created_at timestamptz not null default now()
);
create index applications_by_partner on applications (partner_id);

-- Several secrets at once, so that one can be rotated without a gap. Only a slow hash is kept.
create table application_secrets (
  application_secret_id uuid primary key,
  client_id uuid not null references applications on delete cascade,
  secret_hash text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz
);
create index application_secrets_by_application on application_secrets (client_id);

create table signing_keys (
  key_id text primary key,
  private_key jsonb not null,
  created_at timestamptz not null default now()
);

-- Whose devices.
create table customers (
  customer_id uuid primary key,
  partner_id uuid not null references partners,
  company_name text not null,
  domain_name text not null,
  created_at timestamptz not null default now()
);
create index customers_by_partner on customers (partner_id, company_name, customer_id);

create table device_batches (
  device_batch_id bigint generated always as identity primary key,
  customer_id uuid not null references customers,
  -- As the partner wrote it, and folded for comparison: batch ids are unique without regard to case.
  batch_id text not null,
  batch_id_folded text collate "C" not null,
  created_by text not null,
  created_at timestamptz not null,
  devices_count integer not null default 0,
  constraint device_batches_id_is_unique unique (customer_id, batch_id_folded)
);

-- One row per accepted call. `submission` is what to do (no hardware hash in it), `outcomes` what became of the
-- devices so far, in the order submitted. Once finished, `answer` is the status as it goes out, byte for byte, and the
-- two others are gone.
create table batch_jobs (
  batch_tracking_id uuid primary key,
  customer_id uuid not null references customers,
  kind text not null check (kind in ('register_devices', 'update_policies')),
  device_batch_id bigint references device_batches,
  status text not null default 'queued' check (status in ('queued', 'processing', 'finished', 'finished_with_errors')),
  devices_total integer not null,
  submission json,
  outcomes text[] not null default '{}',
  created_by text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  completed_at timestamptz,
  answer bytea,
  constraint batch_jobs_finished_has_answer check ((answer is not null) = (status in ('finished', 'finished_with_errors')))
);
-- Both are read whole and soon; compressing them costs more time than it saves (docs/decisions/0005-store.md).
alter table batch_jobs alter column submission set storage external, alter column answer set storage external;

-- The answer to a call that a client may repeat: the tracking id of a job, or a body as it went out.
create table idempotent_requests (
  request_key uuid primary key,
  answer text not null,
  created_at timestamptz not null
);
create index idempotent_requests_by_age on idempotent_requests using brin (created_at);

-- The hash bytes of a submitted device: written once at upload, never copied, erased with the device.
create table hardware_hashes (
  device_id uuid primary key,
  hardware_hash bytea not null
);
alter table hardware_hashes alter column hardware_hash set storage external;

-- The registry. No foreign key to the batch: it would be checked once per device on the hot path, and the statement
-- that inserts a device locks and updates the batch row anyway.
create table devices (
  device_id uuid primary key,
  customer_id uuid not null,
  device_batch_id bigint not null,
  serial_number text,
  product_key text,
  oem_manufacturer_name text,
  model_name text,
  -- What the device is known by, so that deleting it needs no second index on device_keys.
  identity_keys uuid[] not null,
  policy_id uuid,
  uploaded_at timestamptz not null
);
-- Device ids grow with time, so a batch lists in the order of registration.
create unique index devices_by_batch on devices (device_batch_id, device_id);

-- One device per key, whoever races for it: the uniqueness of a device is this constraint.
create table device_keys (
  identity_key uuid not null,
  device_id uuid not null,
  customer_id uuid not null,
  constraint device_keys_are_unique primary key (identity_key)
);
