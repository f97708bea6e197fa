import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { unwrapHash } from '@muster/device-files/unwrap-hash';
import type { DeviceSearch, RegisteredDevice } from '@muster/sdk';
import { usageError } from '../../cli-error.ts';
import { defineCommand, type Language } from '../../command.ts';
import { connect } from '../../connection/connect.ts';
import { exitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { translateFileFault } from '../../open-file.ts';
import { listOptions, takeFirst } from '../../shared-options.ts';
import { nameMakeModel } from '@muster/contract/name-make-model';
import { printList } from '../../terminal/print-list.ts';
import type { Column } from '../../terminal/render-table.ts';

export const findDevicesCommand = defineCommand({
  usage: '[SERIAL_NUMBER]',
  argumentCount: [0, 1],
  isConnected: true,
  example: `muster devices find 5CG4210VXK
muster devices find --prefix 5CG42
muster devices find --hash hash.txt --json`,
  json: {
    'en-US': "One RegisteredDevice resource of Muster's own API per line.",
    'zh-TW': '每行一個 Muster 自有 API 的 RegisteredDevice。',
  },
  options: {
    prefix: {
      type: 'string',
      value: 'TEXT',
      description: {
        'en-US': 'What the serial number begins with, at least 3 characters',
        'zh-TW': '序號的開頭，至少 3 個字元',
      },
    },
    'product-key': {
      type: 'string',
      value: 'KEY',
      description: { 'en-US': 'The product key', 'zh-TW': '產品金鑰' },
    },
    id: {
      type: 'string',
      value: 'ID',
      description: { 'en-US': 'The device ID, a GUID', 'zh-TW': '裝置識別碼，GUID' },
    },
    hash: {
      type: 'string',
      value: 'FILE',
      description: {
        'en-US': 'File with the hardware hash in base64',
        'zh-TW': '內含 base64 硬體雜湊的檔案',
      },
    },
    limit: listOptions.limit,
  },
  async run(invocation, io) {
    const { values } = invocation;
    const hardwareHash = values.hash === undefined ? undefined : await readHash(values.hash, io);
    const given: DeviceSearch = {
      serialNumber: invocation.arguments[0],
      serialPrefix: values.prefix,
      productKey: values['product-key'],
      deviceId: values.id,
      hardwareHash,
    };
    if (Object.values(given).filter((value) => value !== undefined).length !== 1)
      throw usageError('findBy', {});
    const { partner } = await connect(invocation, io);
    const found = takeFirst(partner.devices.find(given, { signal: io.interruption }), values);
    await printList({ rows: found, columns: deviceColumns(invocation) }, invocation, io);
    return exitCode.finished;
  },
});

async function readHash(file: string, io: Io): Promise<string> {
  const text = await readFile(resolve(io.workingDirectory, file), 'utf8').catch((fault: unknown) => {
    throw translateFileFault(fault, file);
  });
  const device = { hardwareHash: text.trim() };
  unwrapHash(device);
  return device.hardwareHash;
}

/** The columns of devices of any customer. */
export function deviceColumns({ say }: Language): Column<RegisteredDevice>[] {
  return [
    { title: say('columnDeviceId'), text: ({ deviceId }) => deviceId },
    { title: say('columnSerialNumber'), text: ({ serialNumber = '' }) => serialNumber },
    { title: say('columnMakeModel'), text: nameMakeModel, widthMin: 12 },
    { title: say('columnProductKey'), text: ({ productKey = '' }) => productKey, widthMin: 12 },
    { title: say('columnCustomer'), text: ({ customerName }) => customerName, widthMin: 12 },
    { title: say('columnBatch'), text: ({ batchId }) => batchId, widthMin: 12 },
    { title: say('columnPolicy'), text: ({ policyName, policyId = '' }) => policyName ?? policyId },
    { title: say('columnRegistered'), text: ({ registeredAt }) => registeredAt },
  ];
}
