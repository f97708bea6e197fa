import { NotFoundError, type Partner } from '@muster/sdk';
import { usageError } from '../../cli-error.ts';
import { defineCommand } from '../../command.ts';
import { chooseCustomer, connect } from '../../connection/connect.ts';
import { batchOption, customerOption } from '../../shared-options.ts';
import { exitCode } from '../../exit-code.ts';
import { confirm, yesOption } from '../../terminal/confirm.ts';
import type { Io } from '../../io.ts';
import { allOption, chooseDevices, type ChosenDevice } from './chosen-devices.ts';

/** What one call takes. */
const devicesPerJob = 1_000;

export const removeDevicesCommand = defineCommand({
  usage: '[DEVICE_ID | SERIAL_NUMBER ...]',
  argumentCount: [0, Infinity],
  isConnected: true,
  example: `muster devices remove 9ecb3e06-4c21-4c1a-b8d9-2b8a0a6b2d11 --batch "Contoso May"
muster devices remove 5CG4210VXK
muster devices remove --all --batch "Contoso May" --yes`,
  json: {
    'en-US': 'One line per device: {"deviceId","status"}, where status is "removed" or "not_found".',
    'zh-TW': '每部裝置一行：{"deviceId","status"}，status 為 "removed" 或 "not_found"。',
  },
  options: { ...batchOption, ...customerOption, ...allOption, ...yesOption },
  async run(invocation, io) {
    const { values, say } = invocation;
    const { partner, settings } = await connect(invocation, io);
    const customerId = chooseCustomer(values, settings);
    const customer = partner.customers.byId(customerId);
    const choice = { batchId: values.batch, isAll: values.all ?? false, given: invocation.arguments };
    const devices = await chooseDevices({ partner, customerId, ...choice }, io);
    const batches = devices.map(({ batchId = '' }) => batchId);
    if (batches.includes('')) throw usageError('missingOption', { option: '--batch' });
    const batch = [...new Set(batches)].join('", "');
    const question = say('confirmRemoveDevices', { count: devices.length, batch });
    if (devices.length > 0) await confirm({ values, say, question }, io);
    // Only where the batch itself told which devices it has: a removal by id takes a device from any batch.
    const removed = values.all ? await removeInJobs(partner, { customerId, devices }, io) : undefined;
    let missing = 0;
    for (const { id, batchId = '' } of devices) {
      const isRemoved = removed
        ? removed.has(id)
        : await customer.deviceBatches
            .byId(batchId)
            .devices.byId(id)
            .delete({ signal: io.interruption })
            .then(() => true, forgiveMissing);
      if (!isRemoved) missing += 1;
      const status = isRemoved ? 'removed' : 'not_found';
      const line = values.json
        ? JSON.stringify({ deviceId: id, status })
        : say(isRemoved ? 'deviceRemoved' : 'deviceNotFound', { id });
      await io.stdout.write(`${line}\n`);
    }
    return missing > 0 ? exitCode.failedDevices : exitCode.finished;
  },
});

/** The ids of the devices that were removed, a job for each 1,000. Undefined where the service has no such jobs. */
async function removeInJobs(
  partner: Partner,
  { customerId, devices }: { customerId: string; devices: readonly ChosenDevice[] },
  io: Io,
): Promise<ReadonlySet<string> | undefined> {
  const signal = io.interruption;
  const removed = new Set<string>();
  for (let first = 0; first < devices.length; first += devicesPerJob) {
    const ids = devices.slice(first, first + devicesPerJob).map(({ id }) => id);
    const job = await partner.removals.ofDevices(customerId, ids).start({ signal }).catch(forgiveMissing);
    if (!job) return undefined;
    await partner.jobs.wait(job.trackingId, { signal });
    for await (const { deviceId } of partner.jobs.devices(job.trackingId, { outcome: 'succeeded', signal }))
      if (deviceId !== undefined) removed.add(deviceId);
  }
  return removed;
}

/** One device that is not there must not keep the others from being removed. */
function forgiveMissing(fault: unknown): false {
  if (fault instanceof NotFoundError) return false;
  throw fault;
}
