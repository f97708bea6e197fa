import { randomUUID } from 'node:crypto';
import type { Context } from '../context.ts';
import {
  writeDevices,
  type JobDevice,
  type NewBatchJob,
  type NewUpload,
} from '../../store/jobs/batch-jobs.ts';
import { newRequest, type Call } from '../call.ts';
import type { ParsedUpload } from '../devices/parse-devices.ts';

/** What is the same in every job of a call. */
function newJob(ctx: Context, call: Call): Omit<NewBatchJob, 'kind' | 'devices'> {
  return {
    trackingId: randomUUID(),
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
  return { ...newJob(ctx, call), kind: 'register_devices', batchId, ...upload };
}

/** A job that changes the policies of these devices, ready to be stored. */
export function newPolicyUpdate(ctx: Context, call: Call, devices: readonly JobDevice[]): NewBatchJob {
  return { ...newJob(ctx, call), kind: 'update_policies', devices: writeDevices(devices) };
}
