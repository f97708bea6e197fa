import sql from 'sql-template-tag';
import type { JobDevice } from './batch-jobs.ts';
import type { Db } from './database.ts';

/** Who is known by an identity key. */
export interface KnownDevice {
  readonly identityKey: string;
  readonly deviceId: string;
  readonly customerId: string;
}

/** The registered devices behind these identity keys; keys nobody is known by are left out. */
export async function findDevicesByKeys(db: Db, identityKeys: readonly string[]): Promise<KnownDevice[]> {
  const rows = await db.query<{ identity_key: string; device_id: string; customer_id: string }>(sql`
    select identity_key, device_id, customer_id from device_keys where identity_key = any (${[...identityKeys]}::uuid[])`);
  return rows.map((row) => ({
    identityKey: row.identity_key,
    deviceId: row.device_id,
    customerId: row.customer_id,
  }));
}

/** A device to register, with the policy to assign; absent: none. */
export type NewDevice = JobDevice & { readonly policyId?: string };

/** Devices to register for one customer in one batch. */
export interface NewDevices {
  readonly customerId: string;
  readonly deviceBatchId: string;
  readonly uploadedAt: Date;
  readonly devices: readonly NewDevice[];
}

/**
 * Registers devices with their identity keys: one statement. The result is how many keys were new: when fewer than were
 * given, somebody else registered one of these devices meanwhile, and the caller rolls back and decides again.
 * Keys go in sorted, so that two such statements wait for each other and never deadlock.
 */
export async function insertDevices(tx: Db, input: NewDevices): Promise<number> {
  const rows = await tx.query<{ keys_inserted: number }>(sql`
    with input as (
      select * from json_to_recordset(${JSON.stringify(input.devices)}::json) as d (
        "deviceId" uuid, "serialNumber" text, "productKey" text, "oemManufacturerName" text, "modelName" text,
        "identityKeys" uuid[], "policyId" uuid)
    ), keys as (
      insert into device_keys (identity_key, device_id, customer_id)
      select identity_key, "deviceId", ${input.customerId}::uuid
      from input, unnest("identityKeys") as identity_key
      order by identity_key
      on conflict do nothing
      returning 1
    ), registered as (
      insert into devices (device_id, customer_id, device_batch_id, serial_number, product_key, oem_manufacturer_name,
        model_name, identity_keys, policy_id, uploaded_at)
      select "deviceId", ${input.customerId}::uuid, ${input.deviceBatchId}::bigint, "serialNumber", "productKey",
        "oemManufacturerName", "modelName", "identityKeys", "policyId", ${input.uploadedAt}::timestamptz
      from input
    ), counted as (
      update device_batches set devices_count = devices_count + ${input.devices.length}::int
      where device_batch_id = ${input.deviceBatchId}::bigint
    )
    select count(*)::int as keys_inserted from keys`);
  return rows[0]?.keys_inserted ?? 0;
}

/** Erases the hash bytes of devices that were refused: they are secrets nobody needs any more. */
export async function deleteHardwareHashes(tx: Db, deviceIds: readonly string[]): Promise<void> {
  await tx.query(sql`delete from hardware_hashes where device_id = any (${[...deviceIds]}::uuid[])`);
}
