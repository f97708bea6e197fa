import { parseGuid } from '@muster/contract/guid';
import { newPolicyUpdate } from '../batches/new-batch-job.ts';
import { getReplayedJob, type Call } from '../call.ts';
import type { Context } from '../context.ts';
import { checkDeviceCount } from '../devices/parse-devices.ts';
import type { TriedDevice } from '../devices/try-upload.ts';
import { insertDeviceJob, type JobDevice } from '../../store/jobs/batch-jobs.ts';
import { nameDevices, outcomesOfChanges, planPolicyChanges } from './plan-policy-changes.ts';

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
  const job = newPolicyUpdate(ctx, call, toJobDevices(ctx, changes));
  const accepted = await ctx.localJobs.accept(job, (leased) => insertDeviceJob(ctx.db, leased));
  return accepted ? job.trackingId : getReplayedJob(ctx, call);
}

/** What such a change would do. Stores nothing. Throws what `updateDevicePolicies` throws. */
export async function tryDevicePolicies(
  ctx: Context,
  { customerId }: Call,
  changes: readonly DevicePolicyChange[],
): Promise<TriedDevice[]> {
  const devices = toJobDevices(ctx, changes);
  const planned = await planPolicyChanges(ctx.db, customerId, devices);
  const names = await nameDevices(ctx.db, customerId, devices);
  return outcomesOfChanges(planned, names).map((outcome, position) => {
    const { deviceId = '' } = devices[position] ?? {};
    return { deviceId, ...names.get(deviceId), outcome };
  });
}

function toJobDevices(ctx: Context, changes: readonly DevicePolicyChange[]): JobDevice[] {
  checkDeviceCount(changes, ctx.limits.devicesPerCall, 'devices');
  return changes.map(({ deviceId, policy }) => ({
    deviceId: parseGuid(deviceId) ?? deviceId,
    identityKeys: [],
    ...(policy !== undefined && { policy }),
  }));
}
