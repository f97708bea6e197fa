import { parseGuid } from '@muster/contract/guid';
import { newPolicyUpdate } from '../batches/new-batch-job.ts';
import { getReplayedJob, type Call } from '../call.ts';
import type { Context } from '../context.ts';
import { checkDeviceCount } from '../devices/parse-devices.ts';
import { insertPolicyUpdateJob } from '../../store/jobs/batch-jobs.ts';

/** A device that shall have another policy. */
export interface DevicePolicyChange {
  readonly deviceId: string;
  /** A policy's id or name; the empty text: none; undefined: the one it has. */
  readonly policy: string | undefined;
}

/**
 * Queues a change of the policies of devices. Returns the batch tracking id; the first one again when this very call
 * was accepted before. Unknown devices and policies are outcomes of the job. Throws `no-devices` and `too-many-devices`.
 */
export async function updateDevicePolicies(
  ctx: Context,
  call: Call,
  changes: readonly DevicePolicyChange[],
): Promise<string> {
  checkDeviceCount(changes, ctx.limits.devicesPerCall, 'devices');
  const devices = changes.map(({ deviceId, policy }) => ({
    deviceId: parseGuid(deviceId) ?? deviceId,
    identityKeys: [],
    ...(policy !== undefined && { policy }),
  }));
  const job = newPolicyUpdate(ctx, call, devices);
  const accepted = await ctx.localJobs.accept(job, (leased) => insertPolicyUpdateJob(ctx.db, leased));
  return accepted ? job.trackingId : getReplayedJob(ctx, call);
}
