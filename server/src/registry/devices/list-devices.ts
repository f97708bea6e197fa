import { devicesPerPage, type DeviceCollection } from '@muster/contract';
import type { Context } from '../context.ts';
import { findDeviceBatch } from '../../store/registry/device-batches.ts';
import { getPageTokenKey } from '../../store/registry/page-token-keys.ts';
import { listDevicesAfter } from '../../store/registry/registered-devices.ts';
import { batchNotFound } from '../batches/batch-not-found.ts';
import { describeDevice } from './describe-device.ts';
import { decodePageToken, encodePageToken } from '../page-token.ts';
import { linkTo, wirePath } from '../wire-path.ts';

/** Before every device id. */
const beginning = '00000000-0000-0000-0000-000000000000';

/**
 * One page of a batch's devices: those after the device that the token stands for. Any page costs as much as the
 * first. Throws BatchNotFound, and InvalidInput for a token that is not of this list.
 */
export async function listDevices(
  ctx: Context,
  request: { customerId: string; batchId: string; token: string | undefined },
): Promise<DeviceCollection> {
  const { customerId, batchId, token } = request;
  const batch = await findDeviceBatch(ctx.db, request);
  if (!batch) throw batchNotFound(batchId);
  const { deviceBatchId, devicesCount } = batch;
  const scope = { key: await getPageTokenKey(ctx.db), list: `devices ${customerId} ${deviceBatchId}` };
  const after = token === undefined ? beginning : decodePageToken(scope, token);
  // One more than a page has tells whether another page follows.
  const rows = await listDevicesAfter(ctx.db, { deviceBatchId, after, limit: devicesPerPage + 1 });
  const page = rows.slice(0, devicesPerPage);
  const last = page.at(-1);
  const next = rows.length > devicesPerPage && last ? encodePageToken(scope, last.deviceId) : undefined;
  const uri = wirePath`/customers/${customerId}/deviceBatches/${batch.batchId}/devices`;
  return {
    totalCount: devicesCount,
    items: page.map(describeDevice),
    links: { self: linkTo(uri, token), ...(next !== undefined && { next: linkTo(uri, next) }) },
    attributes: { objectType: 'Collection' },
    ...(next !== undefined && { continuationToken: next }),
  };
}
