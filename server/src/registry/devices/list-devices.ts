import type { Context } from '../context.ts';
import { decodePageToken, encodePageToken } from '../page-token.ts';
import { RegistryError } from '../registry-error.ts';
import { findDeviceBatch } from '../../store/registry/device-batches.ts';
import { getPageTokenKey } from '../../store/registry/page-token-keys.ts';
import { listDevicesAfter, type RegisteredDevice } from '../../store/registry/registered-devices.ts';

/** Before every device id. */
const beginning = '00000000-0000-0000-0000-000000000000';

/** A page of the devices of a batch, in the order submitted. */
export interface DevicePage {
  /** As it was given when the batch was created. */
  readonly batchId: string;
  /** How many devices the batch has. */
  readonly totalCount: number;
  readonly devices: readonly RegisteredDevice[];
  /** The token of the next page; undefined: no page follows. */
  readonly next: string | undefined;
}

/**
 * One page of a batch's devices: the first `size`, or those after the device that the token stands for. Any page costs as
 * much as the first. Throws `batch-not-found`, and `page-token-invalid` for a token of another list.
 */
export async function listDevices(
  ctx: Context,
  request: { customerId: string; batchId: string; token: string | undefined; size: number },
): Promise<DevicePage> {
  const { customerId, batchId, token, size } = request;
  const batch = await findDeviceBatch(ctx.db, request);
  if (!batch) throw new RegistryError({ kind: 'batch-not-found', batchId });
  const { deviceBatchId } = batch;
  const scope = { key: await getPageTokenKey(ctx.db), list: `devices ${customerId} ${deviceBatchId}` };
  const after = token === undefined ? beginning : decodePageToken(scope, token);
  // One more than a page has tells whether another page follows.
  const found = await listDevicesAfter(ctx.db, { deviceBatchId, after, limit: size + 1 });
  const devices = found.slice(0, size);
  const last = devices.at(-1);
  return {
    batchId: batch.batchId,
    totalCount: batch.devicesCount,
    devices,
    next: found.length > size && last ? encodePageToken(scope, last.deviceId) : undefined,
  };
}
