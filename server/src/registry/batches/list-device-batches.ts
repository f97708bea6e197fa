import type { DeviceBatch, DeviceBatchCollection } from '@muster/contract';
import type { Context } from '../context.ts';
import { listDeviceBatches as listRows, type DeviceBatchRow } from '../../store/registry/device-batches.ts';
import { linkTo, wirePath } from '../wire-path.ts';

/** All device batches of a customer, oldest first, in one answer: clients decide from it whether to create or to add. */
export async function listDeviceBatches(ctx: Context, customerId: string): Promise<DeviceBatchCollection> {
  const rows = await listRows(ctx.db, customerId);
  return {
    totalCount: rows.length,
    items: rows.map((row) => describeBatch(customerId, row)),
    links: { self: linkTo(wirePath`/customers/${customerId}/deviceBatches`) },
    attributes: { objectType: 'Collection' },
  };
}

function describeBatch(customerId: string, row: DeviceBatchRow): DeviceBatch {
  return {
    id: row.batchId,
    createdBy: row.createdBy,
    creationDate: row.createdAt.toISOString(),
    status: row.isInWork ? 'processing' : 'finished',
    devicesCount: row.devicesCount,
    deviceCount: row.devicesCount,
    devicesLink: linkTo(wirePath`/customers/${customerId}/deviceBatches/${row.batchId}/devices`),
    attributes: { objectType: 'DeviceBatch' },
  };
}
