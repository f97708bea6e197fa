import { parseGuid } from '@muster/contract/guid';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { checkDeviceCount } from '../devices/parse-devices.ts';
import { getJob } from '../jobs/read-jobs.ts';
import { nameDevices } from '../policies/plan-policy-changes.ts';
import { RegistryError } from '../registry-error.ts';
import type { SubmittedDevice } from '../../store/jobs/batch-jobs.ts';
import { findBatchJob } from '../../store/jobs/find-batch-job.ts';
import { findDeviceBatch } from '../../store/registry/device-batches.ts';
import { listDevicesAfter } from '../../store/registry/registered-devices.ts';

/** Devices to remove, as they are known when this is asked for. */
export interface ChosenDevices {
  readonly customerId: string;
  /** The batch that they are in; null: of any batch. */
  readonly deviceBatchId: string | null;
  readonly devices: readonly SubmittedDevice[];
}

/** How many devices of a batch one job removes. */
const devicesPerJob = 10_000;
/** Before every device id. */
const beginning = '00000000-0000-0000-0000-000000000000';

/**
 * The devices that a job has registered. Throws `batch-job-not-found`, `job-not-finished`, and `nothing-to-remove` for a job
 * that registered none.
 */
export async function devicesOfJob(
  ctx: Context,
  { partnerId }: Pick<Caller, 'partnerId'>,
  trackingId: string,
): Promise<ChosenDevices> {
  const { customerId, kind, batchId, completedAt, ...job } = await getJob(ctx, { partnerId, trackingId });
  if (!completedAt) throw new RegistryError({ kind: 'job-not-finished', trackingId });
  if (kind !== 'register_devices' || batchId === undefined)
    throw new RegistryError({ kind: 'nothing-to-remove' });
  const found = await findBatchJob(ctx.db, { trackingId: job.trackingId, customerId });
  const { devices = [], outcomes = [] } = typeof found === 'object' ? found : {};
  const batch = await findDeviceBatch(ctx.db, { customerId, batchId });
  const registered = devices.filter((_, position) => outcomes[position] === 'succeeded');
  return choose({ customerId, deviceBatchId: batch?.deviceBatchId ?? null, devices: registered });
}

/** The first devices of a batch: as many as one job removes. Throws `batch-not-found` and `nothing-to-remove`. */
export async function devicesOfBatch(
  ctx: Context,
  { customerId, batchId }: { customerId: string; batchId: string },
): Promise<ChosenDevices> {
  const batch = await findDeviceBatch(ctx.db, { customerId, batchId });
  if (!batch) throw new RegistryError({ kind: 'batch-not-found', batchId });
  const { deviceBatchId } = batch;
  const devices = await listDevicesAfter(ctx.db, { deviceBatchId, after: beginning, limit: devicesPerJob });
  return choose({ customerId, deviceBatchId, devices });
}

/** Devices by their ids, each once. One that is not registered is an outcome. Throws `no-devices` and `too-many-devices`. */
export async function devicesById(
  ctx: Context,
  { customerId, deviceIds }: { customerId: string; deviceIds: readonly string[] },
): Promise<ChosenDevices> {
  checkDeviceCount(deviceIds, ctx.limits.devicesPerCall, 'deviceIds');
  const ids = new Set(deviceIds.map((id) => parseGuid(id) ?? id));
  const devices = [...ids].map((deviceId) => ({ deviceId }));
  const names = await nameDevices(ctx.db, customerId, devices);
  const named = devices.map(({ deviceId }) => ({ deviceId, ...names.get(deviceId) }));
  return { customerId, deviceBatchId: null, devices: named };
}

/** Only what names a device: a removal has nothing to do with its policy. */
function choose(chosen: ChosenDevices): ChosenDevices {
  if (chosen.devices.length === 0) throw new RegistryError({ kind: 'nothing-to-remove' });
  const devices = chosen.devices.map(
    ({ deviceId, serialNumber, productKey, oemManufacturerName, modelName }) => ({
      deviceId,
      serialNumber,
      productKey,
      oemManufacturerName,
      modelName,
    }),
  );
  return { ...chosen, devices };
}
