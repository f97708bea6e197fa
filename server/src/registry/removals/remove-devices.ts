import { parseGuid } from '@muster/contract/guid';
import { identityKeys } from '@muster/contract/identity/identity-keys';
import { newRemoval } from '../batches/new-batch-job.ts';
import { findReplayedJob, getReplayedJob, type Call } from '../call.ts';
import type { Context } from '../context.ts';
import type { TriedDevice } from '../devices/try-upload.ts';
import type { DeviceOutcome } from '../../registrars/registrar.ts';
import type { Db } from '../../store/database.ts';
import { insertDeviceJob, type SubmittedDevice } from '../../store/jobs/batch-jobs.ts';
import { findDeviceCustomers } from '../../store/registry/device-removals.ts';
import { findDevicesByKeys } from '../../store/registry/registered-devices.ts';
import type { ChosenDevices } from './choose-devices.ts';

/**
 * Queues the removal of devices. Returns the tracking id of the job; the first one again when this very call was accepted
 * before, whatever there is to remove by now. Throws what `choose` throws.
 */
export async function removeDevices(
  ctx: Context,
  call: Call,
  choose: () => Promise<ChosenDevices>,
): Promise<string> {
  const earlier = await findReplayedJob(ctx, call);
  if (earlier !== undefined) return earlier;
  const { customerId, deviceBatchId, devices } = await choose();
  // Where the path names a job alone, its customer is known only now.
  if (ctx.audit) ctx.audit.customerId = customerId;
  const job = { ...newRemoval(ctx, { ...call, customerId }, devices), deviceBatchId };
  const accepted = await ctx.localJobs.accept(job, (leased) => insertDeviceJob(ctx.db, leased));
  return accepted ? job.trackingId : getReplayedJob(ctx, call);
}

/** What removing devices would do. Changes nothing. */
export async function tryRemoval(
  ctx: Context,
  { customerId, devices }: ChosenDevices,
): Promise<TriedDevice[]> {
  const owners = await findDeviceCustomers(ctx.db, guidsOf(devices));
  const there = new Set([...owners].filter(([, owner]) => owner === customerId).map(([id]) => id));
  const outcomes = await outcomesOfRemoval(ctx.db, { customerId, devices, removed: there });
  return devices.map((device, position) => ({ ...device, outcome: outcomes[position] ?? 'StorageError' }));
}

/** The ids of devices that can be ids. */
export function guidsOf(devices: readonly SubmittedDevice[]): string[] {
  return devices.map(({ deviceId }) => parseGuid(deviceId)).filter((id) => id !== undefined);
}

interface Removal {
  readonly customerId: string;
  readonly devices: readonly SubmittedDevice[];
  /** The ids of the devices that were there and are not any more. */
  readonly removed: ReadonlySet<string>;
}

/**
 * The outcomes of a removal, in order. A device that stays says why: by its id, it belongs to another customer by now; or its
 * registration is gone, and another upload has registered the machine anew, for this customer or for another one.
 */
export async function outcomesOfRemoval(
  db: Db,
  { customerId, devices, removed }: Removal,
): Promise<DeviceOutcome[]> {
  const left = devices.filter(({ deviceId }) => !removed.has(deviceId));
  if (left.length === 0) return devices.map(() => 'succeeded');
  const owners = new Map(await findDeviceCustomers(db, guidsOf(left)));
  const keys = new Map(left.map((device) => [device.deviceId, keysOf(device)]));
  const known = await findDevicesByKeys(db, [...keys.values()].flat());
  const ownerByKey = new Map(known.map((one) => [one.identityKey, one.customerId]));
  return devices.map(({ deviceId }) => {
    if (removed.has(deviceId)) return 'succeeded';
    const again = keys.get(deviceId)?.find((key) => ownerByKey.has(key));
    const owner = owners.get(deviceId) ?? (again === undefined ? undefined : ownerByKey.get(again));
    if (owner === undefined) return 'ZtdDeviceIsNotRegistered';
    return owner === customerId ? 'ZtdDeviceAlreadyAssigned' : 'ZtdDeviceAssignedToOtherTenant';
  });
}

/** What a machine is known by, as far as its names tell: hashes are gone. */
function keysOf({ serialNumber, productKey, oemManufacturerName, modelName }: SubmittedDevice): string[] {
  return identityKeys({ serialNumber, productKey, oemManufacturerName, modelName, hash: undefined });
}
