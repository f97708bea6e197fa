import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database.ts';

/** A registered device of any customer of a partner, with what it belongs to. */
export interface PartnerDevice {
  readonly deviceId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly batchId: string;
  /** The batch in the store. */
  readonly deviceBatchId: string;
  readonly serialNumber: string | undefined;
  readonly productKey: string | undefined;
  readonly oemManufacturerName: string | undefined;
  readonly modelName: string | undefined;
  readonly policyId: string | undefined;
  readonly policyName: string | undefined;
  readonly registeredAt: Date;
  /** Undefined: it is registered. */
  readonly removedAt: Date | undefined;
}

/** What devices are found by: one of these. */
export interface DeviceCriterion {
  readonly serialNumber?: string | undefined;
  readonly productKey?: string | undefined;
  readonly deviceIds?: readonly string[] | undefined;
}

/** Which devices are looked through. */
export interface DeviceScope {
  readonly partnerId: string;
  /** Whether devices count that are no longer registered. */
  readonly includesRemoved: boolean;
}

/** At most `limit` devices of a partner that fit, after a device id, in the order of their ids. */
export async function findPartnerDevices(
  db: Db,
  search: DeviceScope & { readonly criterion: DeviceCriterion },
  { after, limit }: { after: string; limit: number },
): Promise<PartnerDevice[]> {
  const rows = await db.query<Row>(sql`
    ${selectDevices(search)}
    where ${conditionOf(search.criterion)} and c.partner_id = ${search.partnerId} and d.device_id > ${after}
    order by d.device_id
    limit ${limit}::int`);
  return rows.map(toPartnerDevice);
}

function conditionOf({ serialNumber, productKey, deviceIds }: DeviceCriterion): Sql {
  if (serialNumber !== undefined) return sql`d.serial_number collate "C" = ${serialNumber}`;
  if (productKey !== undefined) return sql`d.product_key = ${productKey}`;
  return sql`d.device_id = any (${[...(deviceIds ?? [])]}::uuid[])`;
}

/** A place in a list that goes by serial number. */
export interface SerialPlace {
  readonly serialNumber: string;
  readonly deviceId: string;
}

/** The last of all texts in the order of the index. */
const lastText = '\u{10ffff}';

/**
 * At most `limit` devices of a partner whose serial numbers begin so, in the order of these: one range of an index. The
 * prefix is text; no character in it stands for others.
 */
export async function findPartnerDevicesByPrefix(
  db: Db,
  search: DeviceScope & { readonly prefix: string },
  { after, limit }: { after: SerialPlace; limit: number },
): Promise<PartnerDevice[]> {
  const rows = await db.query<Row>(sql`
    ${selectDevices(search)}
    where d.serial_number collate "C" >= ${search.prefix} and d.serial_number collate "C" < ${search.prefix + lastText}
      and (d.serial_number collate "C", d.device_id) > (${after.serialNumber}, ${after.deviceId}::uuid)
      and c.partner_id = ${search.partnerId}
    order by d.serial_number collate "C", d.device_id
    limit ${limit}::int`);
  return rows.map(toPartnerDevice);
}

/** Which devices of a customer. */
export interface CustomerDeviceFilter {
  readonly customerId: string;
  readonly batchId?: string | undefined;
  readonly policyId?: string | undefined;
  readonly since?: Date | undefined;
}

/** A place in a list that goes batch by batch. */
export interface BatchPlace {
  readonly deviceBatchId: string;
  readonly deviceId: string;
}

/**
 * At most `limit` devices of a customer, batch by batch, in each in the order of registration. Each batch is read from
 * its index, and no further than the page goes.
 */
export async function listCustomerDevices(
  db: Db,
  { customerId, batchId, policyId, since }: CustomerDeviceFilter,
  { after, limit }: { after: BatchPlace; limit: number },
): Promise<PartnerDevice[]> {
  const ofBatch = batchId === undefined ? sql`` : sql`and batch_id_folded = ${batchId.toLowerCase()}`;
  const withPolicy = policyId === undefined ? sql`` : sql`and policy_id = ${policyId}`;
  const registeredSince = since === undefined ? sql`` : sql`and uploaded_at >= ${since}`;
  const rows = await db.query<Row>(sql`
    select d.*, b.batch_id, c.company_name, p.name as policy_name
    from (
      select device_batch_id, customer_id, batch_id from device_batches
      where customer_id = ${customerId} and device_batch_id >= ${after.deviceBatchId}::bigint ${ofBatch}
      order by device_batch_id
    ) as b
    join customers c on c.customer_id = b.customer_id
    cross join lateral (
      select device_id, customer_id, device_batch_id::text, serial_number, product_key, oem_manufacturer_name, model_name,
        policy_id, uploaded_at
      from devices
      where device_batch_id = b.device_batch_id
        and (b.device_batch_id > ${after.deviceBatchId}::bigint or device_id > ${after.deviceId}::uuid)
        ${withPolicy} ${registeredSince}
      order by device_id
      limit ${limit}::int
    ) as d
    left join configuration_policies p on p.policy_id = d.policy_id
    order by b.device_batch_id, d.device_id
    limit ${limit}::int`);
  return rows.map(toPartnerDevice);
}

interface Row {
  readonly device_id: string;
  readonly customer_id: string;
  readonly company_name: string;
  readonly batch_id: string;
  readonly device_batch_id: string;
  readonly serial_number: string | null;
  readonly product_key: string | null;
  readonly oem_manufacturer_name: string | null;
  readonly model_name: string | null;
  readonly policy_id: string | null;
  readonly policy_name: string | null;
  readonly uploaded_at: Date;
  readonly removed_at?: Date | null;
}

/** The devices of any customer, with what they belong to. */
function selectDevices({ includesRemoved }: Pick<DeviceScope, 'includesRemoved'>): Sql {
  const removed = includesRemoved
    ? sql`union all
      select device_id, customer_id, device_batch_id, serial_number, product_key, oem_manufacturer_name, model_name,
        null, uploaded_at, removed_at
      from removed_devices`
    : sql``;
  return sql`select d.device_id, d.customer_id, c.company_name, b.batch_id, b.device_batch_id::text, d.serial_number,
      d.product_key, d.oem_manufacturer_name, d.model_name, d.policy_id, p.name as policy_name, d.uploaded_at, d.removed_at
    from (
      select device_id, customer_id, device_batch_id, serial_number, product_key, oem_manufacturer_name, model_name,
        policy_id, uploaded_at, null::timestamptz as removed_at
      from devices
      ${removed}
    ) as d
    join customers c on c.customer_id = d.customer_id
    join device_batches b on b.device_batch_id = d.device_batch_id
    left join configuration_policies p on p.policy_id = d.policy_id`;
}

function toPartnerDevice(row: Row): PartnerDevice {
  return {
    deviceId: row.device_id,
    customerId: row.customer_id,
    customerName: row.company_name,
    batchId: row.batch_id,
    deviceBatchId: row.device_batch_id,
    serialNumber: row.serial_number ?? undefined,
    productKey: row.product_key ?? undefined,
    oemManufacturerName: row.oem_manufacturer_name ?? undefined,
    modelName: row.model_name ?? undefined,
    policyId: row.policy_id ?? undefined,
    policyName: row.policy_name ?? undefined,
    registeredAt: row.uploaded_at,
    removedAt: row.removed_at ?? undefined,
  };
}
