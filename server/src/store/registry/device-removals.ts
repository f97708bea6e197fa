import sql from 'sql-template-tag';
import type { Db } from '../database.ts';
import { recordEvent } from '../events/record-event.ts';

/** Which devices of a customer are removed. */
export interface DeviceRemoval {
  readonly customerId: string;
  readonly deviceIds: readonly string[];
  readonly removedAt: Date;
}

/**
 * Takes the registrations of a customer's devices away: the devices, what they were known by and their hash bytes, in one
 * statement, with an event for each. Gives the ids of those that were there. Devices and batches are locked in the order of their ids, so that two
 * such statements wait for each other and do not deadlock.
 */
export async function deleteDevices(
  tx: Db,
  { customerId, deviceIds, removedAt }: DeviceRemoval,
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ device_id: string }>(sql`
    with found as (
      select device_id from devices
      where device_id = any (${[...deviceIds]}::uuid[]) and customer_id = ${customerId}
      order by device_id
      for update
    ), gone as (
      delete from devices d using found where d.device_id = found.device_id
      returning d.device_id, d.device_batch_id, d.identity_keys
    ), keys as (
      delete from device_keys k using (select device_id, unnest(identity_keys) as identity_key from gone) as g
      where k.identity_key = g.identity_key and k.device_id = g.device_id
    ), hashes as (
      delete from hardware_hashes h using gone where h.device_id = gone.device_id
    ), batches as (
      select device_batch_id from device_batches
      where device_batch_id in (select device_batch_id from gone)
      order by device_batch_id
      for no key update
    ), counted as (
      update device_batches b set devices_count = b.devices_count - n.devices
      from batches join (
        select device_batch_id, count(*)::int as devices from gone group by device_batch_id
      ) as n using (device_batch_id)
      where b.device_batch_id = batches.device_batch_id
    ), ${recordEvent(sql`
        select c.partner_id, 'device.removed' as event_type, ${removedAt}::timestamptz as occurred_at,
          jsonb_build_object('customerId', c.customer_id, 'batchId', b.batch_id, 'deviceId', gone.device_id) as data
        from gone join device_batches as b using (device_batch_id) join customers as c using (customer_id)`)}
    select device_id from gone`);
  return new Set(rows.map((row) => row.device_id));
}

/** Which customers these devices belong to, by device id; devices that are not registered are left out. */
export async function findDeviceCustomers(
  db: Db,
  deviceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ device_id: string; customer_id: string }>(sql`
    select device_id, customer_id from devices where device_id = any (${[...deviceIds]}::uuid[])`);
  return new Map(rows.map((row) => [row.device_id, row.customer_id]));
}
