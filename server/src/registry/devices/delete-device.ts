import { parseGuid } from '@muster/contract';
import type { Context } from '../context.ts';
import { deleteDevice as deleteRow } from '../../store/registry/registered-devices.ts';
import { findAnswer, newRequest, type Call } from '../call.ts';
import { notFound } from './update-device.ts';

/**
 * Takes a device's registration away: anyone may register it from then on. The answers of the jobs it was in stay as
 * they were. A repeat of a call that deleted the device is a success too: clients repeat calls whose answer was lost.
 * Throws BatchNotFound and DeviceNotFound.
 */
export async function deleteDevice(
  ctx: Context,
  call: Call,
  device: { batchId: string; deviceId: string },
): Promise<void> {
  const address = { customerId: call.customerId, ...device };
  const deviceId = parseGuid(device.deviceId);
  if (deviceId !== undefined && (await deleteRow(ctx.db, { ...address, deviceId }, newRequest(ctx, call))))
    return;
  if ((await findAnswer(ctx, call)) === undefined) throw await notFound(ctx, address);
}
