import { checkBatchId } from '../batches/upload-devices.ts';
import type { Call } from '../call.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import type { DeviceOutcome } from '../../registrars/registrar.ts';
import { readDevices, type SubmittedDevice } from '../../store/jobs/batch-jobs.ts';
import { findDeviceBatch } from '../../store/registry/device-batches.ts';
import type { ParsedUpload } from './parse-devices.ts';
import { resolveUpload } from './resolve-upload.ts';

/** A device of a call that was only tried out. Without an id where only registering would give it one. */
export interface TriedDevice extends Partial<SubmittedDevice> {
  readonly outcome: DeviceOutcome;
}

interface TriedUpload {
  readonly batchId: string;
  readonly upload: ParsedUpload;
}

/**
 * What creating a batch with these devices would do. Stores nothing. Throws what `createDeviceBatch` throws:
 * `batch-id-unusable` and `batch-exists`.
 */
export async function tryDeviceBatch(
  ctx: Context,
  { customerId }: Call,
  { batchId, upload }: TriedUpload,
): Promise<TriedDevice[]> {
  checkBatchId(batchId);
  if (await findDeviceBatch(ctx.db, { customerId, batchId }))
    throw new RegistryError({ kind: 'batch-exists', batchId });
  return tryUpload(ctx, customerId, upload);
}

/** What adding these devices to a batch would do. Stores nothing. Throws what `addDevices` throws: `batch-not-found`. */
export async function tryDevices(
  ctx: Context,
  { customerId }: Call,
  { batchId, upload }: TriedUpload,
): Promise<TriedDevice[]> {
  if (!(await findDeviceBatch(ctx.db, { customerId, batchId })))
    throw new RegistryError({ kind: 'batch-not-found', batchId });
  return tryUpload(ctx, customerId, upload);
}

/** Decided as the job of a real upload decides it. */
async function tryUpload(ctx: Context, customerId: string, upload: ParsedUpload): Promise<TriedDevice[]> {
  const devices = readDevices(upload.devices);
  const resolved = await resolveUpload(ctx, { customerId, uploadedAt: ctx.now(), devices, settled: [] });
  const outcomes = await ctx.registrar.decide(ctx.db, resolved);
  return outcomes.map((outcome, position) => {
    const { deviceId: _, ...device } = devices[position] ?? {};
    return { ...device, outcome };
  });
}
