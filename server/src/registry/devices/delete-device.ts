import { parseGuid } from '@muster/contract/guid';
import { findReplay, newRequest, type Call } from '../call.ts';
import type { Context } from '../context.ts';
import { deleteDevice as deleteRow } from '../../store/registry/registered-devices.ts';
import { deviceNotFound } from './update-device.ts';

/**
 * Deletes a device's registration: anyone may register it from then on. The statuses of the jobs it was in stay as they
 * were. A repeat of a call that deleted the device is a success too: clients repeat calls whose response was lost.
 * Throws `batch-not-found` and `device-not-found`.
 */
export async function deleteDevice(
  ctx: Context,
  call: Call,
  device: { batchId: string; deviceId: string },
): Promise<void> {
  const address = { customerId: call.customerId, ...device };
  const deviceId = parseGuid(device.deviceId);
  if (
    deviceId !== undefined &&
    (await deleteRow(ctx.db, { ...address, deviceId, actor: call.caller.name }, newRequest(ctx, call)))
  )
    return;
  if ((await findReplay(ctx, call)) === undefined) throw await deviceNotFound(ctx, address);
}
