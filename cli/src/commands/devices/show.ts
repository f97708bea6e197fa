import { parseGuid } from '@muster/contract/guid';
import type { DeviceEvent, Partner, RegisteredDevice } from '@muster/sdk';
import { CliError } from '../../cli-error.ts';
import { defineCommand, type Language } from '../../command.ts';
import { connect } from '../../connection/connect.ts';
import { exitCode } from '../../exit-code.ts';
import { printList } from '../../terminal/print-list.ts';
import type { Column } from '../../terminal/render-table.ts';
import { nameMakeModel } from '@muster/contract/name-make-model';

export const showDeviceCommand = defineCommand({
  usage: 'DEVICE_ID | SERIAL_NUMBER',
  argumentCount: [1, 1],
  isConnected: true,
  example: 'muster devices show 5CG4210VXK',
  json: {
    'en-US':
      "The RegisteredDevice resource of Muster's own API on the first line, then one DeviceEvent per line.",
    'zh-TW': '第一行為 Muster 自有 API 的 RegisteredDevice，之後每行一個 DeviceEvent。',
  },
  options: {},
  async run(invocation, io) {
    const { values, say } = invocation;
    const [word = ''] = invocation.arguments;
    const { partner } = await connect(invocation, io);
    const device = await findOne(partner, word, io.interruption);
    if (values.json) await io.stdout.write(`${JSON.stringify(device)}\n`);
    else await io.stderr.write(`${describeDevice(device, invocation)}\n`);
    const { deviceId, removedAt } = device;
    if (removedAt !== undefined && !values.json)
      await io.stderr.write(`${say('deviceRemovedAt', { time: removedAt })}\n`);
    const rows = partner.devices.history(deviceId, { signal: io.interruption });
    await printList({ rows, columns: eventColumns(invocation) }, invocation, io);
    return exitCode.finished;
  },
});

/** By id, or the one device with this serial number; of removed ones only where none is registered. */
async function findOne(partner: Partner, word: string, signal: AbortSignal): Promise<RegisteredDevice> {
  if (parseGuid(word) !== undefined) return partner.devices.get(word, { signal });
  const search = { serialNumber: word, includeRemoved: true };
  const found = await partner.devices.find(search, { signal }).toArray();
  const registered = found.filter(({ removedAt }) => removedAt === undefined);
  const candidates = registered.length > 0 ? registered : found.slice(-1);
  if (candidates.length > 1)
    throw new CliError('serialNotUnique', {
      serial: word,
      ids: candidates.map(({ deviceId }) => deviceId).join(', '),
    });
  if (!candidates[0]) throw new CliError('serialNotFound', { serial: word });
  return candidates[0];
}

function describeDevice(device: RegisteredDevice, { say }: Language): string {
  const { deviceId, serialNumber = '', productKey = '', customerName, batchId } = device;
  return say('deviceLine', {
    id: deviceId,
    serial: serialNumber || productKey,
    makeModel: nameMakeModel(device),
    customer: customerName,
    batch: batchId,
    policy: device.policyName ?? device.policyId ?? say('noPolicy'),
  });
}

function eventColumns({ say }: Language): Column<DeviceEvent>[] {
  const names = {
    registered: say('deviceRegistered'),
    upload_refused: say('deviceUploadRefused'),
    policy_changed: say('devicePolicyChanged'),
    moved: say('deviceMoved'),
    removed: say('deviceWasRemoved'),
  };
  return [
    { title: say('columnTime'), text: ({ at }) => at },
    { title: say('columnEvent'), text: ({ kind }) => names[kind] },
    { title: say('columnCustomer'), text: ({ customerName }) => customerName, widthMin: 12 },
    { title: say('columnBatch'), text: ({ batchId = '' }) => batchId, widthMin: 12 },
    { title: say('columnOutcome'), text: ({ outcome = '' }) => outcome },
    {
      title: say('columnPolicy'),
      text: ({ kind, policyName, policyId }) =>
        policyName ?? policyId ?? (kind === 'policy_changed' ? say('noPolicy') : ''),
    },
    { title: say('columnBy'), text: ({ by = '' }) => by },
    { title: say('columnTrackingId'), text: ({ trackingId = '' }) => trackingId },
  ];
}
