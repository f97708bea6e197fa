import { parseGuid, type DevicePolicyUpdateRequest } from '@muster/contract';
import type { Context } from '../context.ts';
import { insertPolicyUpdateJob, type JobDevice } from '../../store/jobs/batch-jobs.ts';
import { askedPolicy } from './asked-policy.ts';
import { getAnswer, type Call } from '../call.ts';
import { checkDeviceCount } from '../devices/check-device-count.ts';
import { newPolicyUpdate } from '../batches/new-batch-job.ts';

/**
 * Queues a change of the policies of devices. Returns the batch tracking id; the first one again when this very call
 * was accepted before. Unknown devices and policies are outcomes of the job, not faults of the call.
 */
export async function updateDevicePolicies(
  ctx: Context,
  call: Call,
  { devices }: DevicePolicyUpdateRequest,
): Promise<string> {
  checkDeviceCount(devices, ctx.limits.devicesPerCall, 'devices');
  const job = newPolicyUpdate(ctx, call, devices.map(toJobDevice));
  const accepted = await ctx.localJobs.accept(job, (leased) => insertPolicyUpdateJob(ctx.db, leased));
  return accepted ? job.trackingId : getAnswer(ctx, call);
}

function toJobDevice({ id, policies }: DevicePolicyUpdateRequest['devices'][number]): JobDevice {
  const policy = askedPolicy(policies);
  return {
    deviceId: parseGuid(id) ?? id,
    identityKeys: [],
    ...(policy !== undefined && { policy }),
  };
}
