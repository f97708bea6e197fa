import { NotFoundError } from '@muster/sdk';
import { defineCommand, required } from '../../command.ts';
import { chooseCustomer, connect } from '../../connection/connect.ts';
import { batchOption, customerOption } from '../../shared-options.ts';
import { exitCode } from '../../exit-code.ts';
import { confirm, yesOption } from '../../terminal/confirm.ts';
import { allOption, chooseDevices } from './chosen-devices.ts';

export const removeDevicesCommand = defineCommand({
  usage: '[DEVICE_ID...]',
  argumentCount: [0, Infinity],
  isConnected: true,
  example: `muster devices remove 9ecb3e06-4c21-4c1a-b8d9-2b8a0a6b2d11 --batch "Contoso May"
muster devices remove --all --batch "Contoso May" --yes`,
  json: {
    'en-US': 'One line per device: {"deviceId","status"}, where status is "removed" or "not_found".',
    'zh-TW': '每部裝置一行：{"deviceId","status"}，status 為 "removed" 或 "not_found"。',
  },
  options: { batch: required(batchOption.batch), ...customerOption, ...allOption, ...yesOption },
  async run(invocation, io) {
    const { values, say } = invocation;
    const batchId = values.batch;
    const { partner, settings } = await connect(invocation, io);
    const customerId = chooseCustomer(values, settings);
    const choice = { partner, customerId, batchId, isAll: values.all ?? false, given: invocation.arguments };
    const ids = await chooseDevices(choice, io);
    const question = say('confirmRemoveDevices', { count: ids.length, batch: batchId });
    if (ids.length > 0) await confirm({ values, say, question }, io);
    const { devices } = partner.customers.byId(customerId).deviceBatches.byId(batchId);
    let missing = 0;
    for (const id of ids) {
      const isRemoved = await devices
        .byId(id)
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

/** One device that is not there must not keep the others from being removed. */
function forgiveMissing(fault: unknown): false {
  if (fault instanceof NotFoundError) return false;
  throw fault;
}
