import type { Device } from '@muster/sdk';
import { defineCommand, required } from '../../command.ts';
import { chooseCustomer, connect } from '../../connection/connect.ts';
import { batchOption, customerOption } from '../../shared-options.ts';
import { exitCode } from '../../exit-code.ts';
import type { Column } from '../../terminal/render-table.ts';
import { printList } from '../../terminal/print-list.ts';

export const listDevicesCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: `muster devices list --batch "Contoso May"
muster devices list --batch "Contoso May" --json > devices.ndjson`,
  json: {
    'en-US': 'One Device resource of the API per line. Hardware hashes are never returned.',
    'zh-TW': '每行一個 API 的 Device。不會傳回硬體雜湊。',
  },
  options: { batch: required(batchOption.batch), ...customerOption },
  async run(invocation, io) {
    const { values, say } = invocation;
    const { partner, settings } = await connect(invocation, io);
    const rows = partner.customers
      .byId(chooseCustomer(values, settings))
      .deviceBatches.byId(values.batch)
      .devices.list({ signal: io.interruption });
    const columns: Column<Device>[] = [
      { title: say('columnDeviceId'), text: ({ id }) => id },
      { title: say('columnSerialNumber'), text: ({ serialNumber = '' }) => serialNumber },
      { title: say('columnMakeModel'), text: nameMakeModel, widthMin: 12 },
      { title: say('columnProductKey'), text: ({ productKey = '' }) => productKey, widthMin: 12 },
      { title: say('columnPolicy'), text: namePolicy },
    ];
    await printList({ rows, columns }, invocation, io);
    return exitCode.finished;
  },
});

function nameMakeModel({ oemManufacturerName, modelName }: Device): string {
  return [oemManufacturerName, modelName].filter((part) => part !== undefined).join(' ');
}

function namePolicy({ policies = [] }: Device): string {
  return policies.flatMap(({ value }) => value ?? []).join(' ');
}
