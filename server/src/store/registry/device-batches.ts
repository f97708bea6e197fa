import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database.ts';

/** A named set of a customer's devices. */
export interface DeviceBatch {
  /** As it was given. */
  readonly batchId: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Registered devices in it now. */
  readonly devicesCount: number;
  /** Whether a job that adds devices to it is not finished yet. */
  readonly isInWork: boolean;
}

/** The first batches of a customer, oldest first. */
export async function listDeviceBatches(
  db: Db,
  { customerId, limit }: { customerId: string; limit: number },
): Promise<DeviceBatch[]> {
  return readBatches(db, sql`b.customer_id = ${customerId} order by b.device_batch_id limit ${limit}::int`);
}

/** The ids in the store of all batches of a customer, oldest first. */
export async function listDeviceBatchIds(db: Db, customerId: string): Promise<string[]> {
  const rows = await db.query<{ ids: string[] }>(sql`
    select coalesce(array_agg(device_batch_id::text order by device_batch_id), '{}') as ids
    from device_batches where customer_id = ${customerId}`);
  return rows[0]?.ids ?? [];
}

/** The batches with these ids in the store, oldest first. */
export async function findDeviceBatches(db: Db, ids: readonly string[]): Promise<DeviceBatch[]> {
  return readBatches(db, sql`b.device_batch_id = any(${ids}::bigint[]) order by b.device_batch_id`);
}

async function readBatches(db: Db, condition: Sql): Promise<DeviceBatch[]> {
  const rows = await db.query<{
    batch_id: string;
    created_by: string;
    created_at: Date;
    devices_count: number;
    is_in_work: boolean;
  }>(sql`
    select batch_id, created_by, created_at, devices_count,
      exists (select from batch_jobs j where j.device_batch_id = b.device_batch_id and j.completed_at is null) as is_in_work
    from device_batches b
    where ${condition}`);
  return rows.map((row) => ({
    batchId: row.batch_id,
    createdBy: row.created_by,
    createdAt: row.created_at,
    devicesCount: row.devices_count,
    isInWork: row.is_in_work,
  }));
}

/** Whether a customer has any batch. */
export async function hasDeviceBatch(db: Db, customerId: string): Promise<boolean> {
  const rows = await db.query(sql`select 1 from device_batches where customer_id = ${customerId} limit 1`);
  return rows.length > 0;
}

/** A batch by its id, without regard to case; undefined when this customer has none. */
export async function findDeviceBatch(
  db: Db,
  key: { customerId: string; batchId: string },
): Promise<{ deviceBatchId: string; batchId: string; devicesCount: number } | undefined> {
  const rows = await db.query<{ device_batch_id: string; batch_id: string; devices_count: number }>(sql`
    select device_batch_id::text, batch_id, devices_count from device_batches
    where customer_id = ${key.customerId} and batch_id_folded = ${key.batchId.toLowerCase()}`);
  const row = rows[0];
  return (
    row && { deviceBatchId: row.device_batch_id, batchId: row.batch_id, devicesCount: row.devices_count }
  );
}
