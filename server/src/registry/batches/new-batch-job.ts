import { randomUUID } from 'node:crypto';
import { writtenWith } from '../audit/audit-change.ts';
import type { Context } from '../context.ts';
import {
  writeDevices,
  type JobDevice,
  type NewBatchJob,
  type NewUpload,
  type StoredDevices,
  type SubmittedDevice,
} from '../../store/jobs/batch-jobs.ts';
import { newRequest, type Call } from '../call.ts';
import type { ParsedUpload } from '../devices/parse-devices.ts';

/** What is the same in every job of a call. */
function newJob(
  ctx: Context,
  call: Call,
  { devices, ...ids }: { devices: StoredDevices; batchId?: string },
): Omit<NewBatchJob, 'kind' | 'devices'> {
  const trackingId = randomUUID();
  const target = { ...ids, batchTrackingId: trackingId, devices: String(devices.count) };
  return {
    trackingId,
    audit: writtenWith(ctx.audit, target),
    customerId: call.customerId,
    createdBy: call.caller.name,
    ...newRequest(ctx, call),
  };
}

/** A job that registers the devices of one call, ready to be stored. */
export function newUpload(
  ctx: Context,
  call: Call,
  { batchId, upload }: { batchId: string; upload: ParsedUpload },
): NewUpload {
  const job = newJob(ctx, call, { devices: upload.devices, batchId });
  return { ...job, kind: 'register_devices', batchId, ...upload };
}

/** A job that changes the policies of these devices, ready to be stored. */
export function newPolicyUpdate(ctx: Context, call: Call, devices: readonly JobDevice[]): NewBatchJob {
  const stored = writeDevices(devices);
  return { ...newJob(ctx, call, { devices: stored }), kind: 'update_policies', devices: stored };
}

/** A job that removes these devices, ready to be stored. */
export function newRemoval(ctx: Context, call: Call, devices: readonly SubmittedDevice[]): NewBatchJob {
  const stored = writeDevices(devices.map((device) => ({ ...device, identityKeys: [] })));
  return { ...newJob(ctx, call, { devices: stored }), kind: 'remove_devices', devices: stored };
}
