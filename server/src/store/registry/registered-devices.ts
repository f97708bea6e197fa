import sql from 'sql-template-tag';
import type { Db } from '../database.ts';
import { recordEvent } from '../events/record-event.ts';
import { insertRequest, type IdempotentRequest } from './idempotent-requests.ts';

/** A registered device as people see it: never with its hardware hash. */
export interface RegisteredDevice {
  readonly deviceId: string;
  readonly serialNumber: string | undefined;
  readonly productKey: string | undefined;
  readonly oemManufacturerName: string | undefined;
  readonly modelName: string | undefined;
  readonly policyId: string | undefined;
  readonly uploadedAt: Date;
}

interface Row {
  readonly device_id: string;
  readonly serial_number: string | null;
  readonly product_key: string | null;
  readonly oem_manufacturer_name: string | null;
  readonly model_name: string | null;
  readonly policy_id: string | null;
  readonly uploaded_at: Date;
}

function toDevice(row: Row): RegisteredDevice {
  return {
    deviceId: row.device_id,
    serialNumber: row.serial_number ?? undefined,
    productKey: row.product_key ?? undefined,
    oemManufacturerName: row.oem_manufacturer_name ?? undefined,
    modelName: row.model_name ?? undefined,
    policyId: row.policy_id ?? undefined,
    uploadedAt: row.uploaded_at,
  };
}

/** Where a device is: what the path of a request names. */
export interface DevicePlace {
  readonly customerId: string;
  readonly batchId: string;
  readonly deviceId: string;
}

/** At most `limit` devices of a batch after this device id, in the order of their ids: one range of an index. */
export async function listDevicesAfter(
  db: Db,
  page: { deviceBatchId: string; after: string; limit: number },
): Promise<RegisteredDevice[]> {
  const rows = await db.query<Row>(sql`
    select device_id, serial_number, product_key, oem_manufacturer_name, model_name, policy_id, uploaded_at
    from devices
    where device_batch_id = ${page.deviceBatchId} and device_id > ${page.after}
    order by device_id
    limit ${page.limit}`);
  return rows.map(toDevice);
}

/** Undefined when there is no such device in this batch. */
export async function findDevice(db: Db, place: DevicePlace): Promise<RegisteredDevice | undefined> {
  const rows = await db.query<Row>(sql`
    select d.device_id, d.serial_number, d.product_key, d.oem_manufacturer_name, d.model_name, d.policy_id, d.uploaded_at
    from devices d join device_batches b using (device_batch_id)
    where d.device_id = ${place.deviceId} and b.customer_id = ${place.customerId} and b.batch_id_folded = ${place.batchId.toLowerCase()}`);
  return rows[0] && toDevice(rows[0]);
}

/**
 * Gives a device a policy, or none (null), in the name of `actor`. Undefined when there is no such device in this batch. Throws, by the
 * constraint `devicesPolicyExists`, when the policy is gone.
 */
export async function updateDevicePolicy(
  db: Db,
  place: DevicePlace,
  { policyId, actor }: { policyId: string | null; actor: string },
): Promise<RegisteredDevice | undefined> {
  const rows = await db.query<Row>(sql`
    update devices d set policy_id = ${policyId}
    from device_batches b
    where d.device_id = ${place.deviceId} and b.device_batch_id = d.device_batch_id
      and b.customer_id = ${place.customerId} and b.batch_id_folded = ${place.batchId.toLowerCase()}
    returning d.device_id, d.serial_number, d.product_key, d.oem_manufacturer_name, d.model_name, d.policy_id, d.uploaded_at,
      set_config('muster.actor', ${actor}, true)`);
  return rows[0] && toDevice(rows[0]);
}

/** A device and the policy it shall have; null: none; undefined: as it is. */
export interface PolicyAssignment {
  readonly deviceId: string;
  readonly policyId?: string | null;
}

/**
 * Gives devices of a customer their policies, each device at most once, and tells which of them exist. Rows are locked
 * in the order of their ids, so that two such statements wait for each other and never deadlock. Throws, by the
 * constraint `devicesPolicyExists`, when a policy is gone.
 */
export async function updateDevicePolicies(
  tx: Db,
  customerId: string,
  assignments: readonly PolicyAssignment[],
): Promise<ReadonlySet<string>> {
  const input = assignments.map(({ deviceId, policyId }) => ({
    deviceId,
    policyId: policyId ?? null,
    isChange: policyId !== undefined,
  }));
  const rows = await tx.query<{ device_id: string }>(sql`
    with input as (
      select * from json_to_recordset(${JSON.stringify(input)}::json) as i ("deviceId" uuid, "policyId" uuid, "isChange" boolean)
    ), found as (
      select device_id from devices
      where device_id in (select "deviceId" from input) and customer_id = ${customerId}
      order by device_id
      for no key update
    ), changed as (
      update devices d set policy_id = i."policyId"
      from input i join found f on f.device_id = i."deviceId"
      where d.device_id = i."deviceId" and i."isChange"
    )
    select device_id from found`);
  return new Set(rows.map((row) => row.device_id));
}

/** What people call these devices of a customer; those that are not registered are left out. */
export async function listDeviceNames(
  db: Db,
  customerId: string,
  deviceIds: readonly string[],
): Promise<Pick<RegisteredDevice, 'deviceId' | 'serialNumber' | 'productKey'>[]> {
  const rows = await db.query<Pick<Row, 'device_id' | 'serial_number' | 'product_key'>>(sql`
    select device_id, serial_number, product_key from devices
    where device_id = any (${[...deviceIds]}::uuid[]) and customer_id = ${customerId}`);
  return rows.map((row) => ({
    deviceId: row.device_id,
    serialNumber: row.serial_number ?? undefined,
    productKey: row.product_key ?? undefined,
  }));
}

/**
 * Takes a device's registration away: the device, what it was known by and its hash bytes, all in one statement. From
 * then on anyone may register it. False when there is no such device in this batch.
 */
export async function deleteDevice(
  db: Db,
  place: DevicePlace & { readonly actor: string },
  request: IdempotentRequest,
): Promise<boolean> {
  const rows = await db.query<{ is_deleted: boolean }>(sql`
    with gone as (
      delete from devices d using device_batches b
      where d.device_id = ${place.deviceId} and b.device_batch_id = d.device_batch_id
        and b.customer_id = ${place.customerId} and b.batch_id_folded = ${place.batchId.toLowerCase()}
      returning d.device_id, d.device_batch_id, d.identity_keys, b.batch_id, b.customer_id
    ), keys as (
      delete from device_keys k using gone
      where k.identity_key = any (gone.identity_keys) and k.device_id = gone.device_id
    ), hashes as (
      delete from hardware_hashes h using gone where h.device_id = gone.device_id
    ), counted as (
      update device_batches b set devices_count = b.devices_count - 1
      from gone where b.device_batch_id = gone.device_batch_id
    ), request as (
      ${insertRequest(request, { kind: 'deletion', resourceId: place.deviceId }, sql`gone`)}
    ), ${recordEvent(sql`
        select c.partner_id, 'device.removed' as event_type, ${request.createdAt}::timestamptz as occurred_at,
          jsonb_build_object('customerId', customer_id, 'batchId', batch_id, 'deviceId', device_id) as data
        from gone join customers as c using (customer_id)`)}
    select exists (select from gone) as is_deleted, set_config('muster.actor', ${place.actor}, true)`);
  return rows[0]?.is_deleted === true;
}

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

/** Erases the hash bytes of devices that were refused: they are secrets nobody needs any more. */
export async function deleteHardwareHashes(tx: Db, deviceIds: readonly string[]): Promise<void> {
  await tx.query(sql`delete from hardware_hashes where device_id = any (${[...deviceIds]}::uuid[])`);
}
