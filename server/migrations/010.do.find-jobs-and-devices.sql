-- The jobs of a customer, and of all the customers of a partner, the newest first.
create index batch_jobs_by_customer on batch_jobs (customer_id, created_at desc, batch_tracking_id desc);
create index batch_jobs_by_time on batch_jobs (created_at desc, batch_tracking_id desc);

-- Finds devices by serial number or its beginning, whosever they are. Few devices have a product key.
create index devices_by_serial on devices (serial_number collate "C", device_id) where serial_number is not null;
create index devices_by_product_key on devices (product_key) where product_key is not null;

-- What happened to a device after it was registered. Its registration is known from the device and its job.
create table device_history (
  device_history_id bigint generated always as identity primary key,
  device_id uuid not null,
  occurred_at timestamptz not null default now(),
  kind text not null check (kind in ('upload_refused', 'policy_changed', 'moved', 'removed')),
  -- Whose it was; of a refused upload: who uploaded it.
  customer_id uuid not null,
  -- The job that did it, or else who.
  batch_tracking_id uuid,
  actor text,
  -- Of a refused upload.
  outcome text,
  -- Of a change of policy: the one it got; null: none.
  policy_id uuid
);
create index device_history_by_device on device_history (device_id, device_history_id);

-- Devices that are no longer registered, so that people still find them.
create table removed_devices (
  device_id uuid primary key,
  customer_id uuid not null,
  device_batch_id bigint not null,
  serial_number text,
  product_key text,
  oem_manufacturer_name text,
  model_name text,
  uploaded_at timestamptz not null,
  removed_at timestamptz not null default now()
);
create index removed_devices_by_serial on removed_devices (serial_number collate "C", device_id) where serial_number is not null;
create index removed_devices_by_product_key on removed_devices (product_key) where product_key is not null;

-- Written by triggers, so that no statement that changes devices can forget it. Registering fires none of them. Who does
-- it is told by settings of the transaction: `muster.job`, the tracking id, or `muster.actor`, a name.
create function record_device_changes() returns trigger language plpgsql as $$
declare
  job uuid := nullif(current_setting('muster.job', true), '')::uuid;
  actor text := nullif(current_setting('muster.actor', true), '');
begin
  if tg_op = 'DELETE' then
    insert into removed_devices (device_id, customer_id, device_batch_id, serial_number, product_key,
      oem_manufacturer_name, model_name, uploaded_at)
    select device_id, customer_id, device_batch_id, serial_number, product_key, oem_manufacturer_name, model_name, uploaded_at
    from old_devices;
    insert into device_history (device_id, kind, customer_id, batch_tracking_id, actor)
    select device_id, 'removed', customer_id, job, actor from old_devices;
  else
    insert into device_history (device_id, kind, customer_id, batch_tracking_id, actor, policy_id)
    select n.device_id, change.kind, n.customer_id, job, actor, n.policy_id
    from new_devices n join old_devices o using (device_id)
    cross join lateral (
      select 'moved' as kind where n.customer_id <> o.customer_id
      union all
      select 'policy_changed' where n.policy_id is distinct from o.policy_id
    ) as change
    order by n.device_id, change.kind;
  end if;
  return null;
end
$$;

create trigger devices_record_changes
after update on devices referencing old table as old_devices new table as new_devices
for each statement execute function record_device_changes();

create trigger devices_record_removals
after delete on devices referencing old table as old_devices
for each statement execute function record_device_changes();
