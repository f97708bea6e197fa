-- The first-start settings that devices get.
create table configuration_policies (
  policy_id uuid primary key,
  customer_id uuid not null references customers,
  name text not null,
  -- Folded for uploads that name a policy instead of giving its id.
  name_folded text collate "C" not null,
  description text,
  settings text[] not null,
  -- Counts the changes: the etag.
  version integer not null default 1,
  created_at timestamptz not null,
  modified_at timestamptz not null
);
-- Policy ids grow with time, so a customer's policies list oldest first.
create index configuration_policies_by_customer on configuration_policies (customer_id, policy_id);

-- No device may point at a policy that is gone, whoever races. Devices without a policy cost no check.
alter table devices add constraint devices_policy_exists
  foreign key (policy_id) references configuration_policies;
-- Counts the devices of a policy, and finds them when the policy is to be deleted.
create index devices_by_policy on devices (policy_id) where policy_id is not null;

-- Tells which batches are being worked on.
create index batch_jobs_unfinished on batch_jobs (device_batch_id) where answer is null;

-- Signs continuation tokens. In the database, so that every node agrees on it and it outlives a restart.
create table page_token_keys (
  page_token_key bytea primary key
);
insert into page_token_keys
select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
