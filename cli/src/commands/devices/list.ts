import type { Device } from '@muster/sdk';
import { defineCommand } from '../../command.ts';
import { chooseCustomer, connect } from '../../connection/connect.ts';
import { batchOption, customerOption } from '../../shared-options.ts';
import { exitCode } from '../../exit-code.ts';
import type { Column } from '../../terminal/render-table.ts';
import { nameMakeModel } from '@muster/contract/name-make-model';
import { deviceColumns } from './find.ts';
import { printList } from '../../terminal/print-list.ts';

export const listDevicesCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: `muster devices list --batch "Contoso May"
muster devices list --json > devices.ndjson`,
  json: {
    'en-US':
      "With --batch one Device resource of the API per line, otherwise one RegisteredDevice of Muster's own API. Hardware hashes are never returned.",
    'zh-TW':
      '使用 --batch 時每行一個 API 的 Device，否則每行一個 Muster 自有 API 的 RegisteredDevice。不會傳回硬體雜湊。',
  },
  options: { ...batchOption, ...customerOption },
  async run(invocation, io) {
    const { values, say } = invocation;
    const { partner, settings } = await connect(invocation, io);
    const customerId = chooseCustomer(values, settings);
    if (values.batch === undefined) {
      const all = partner.devices.list(customerId, { signal: io.interruption });
      await printList({ rows: all, columns: deviceColumns(invocation) }, invocation, io);
      return exitCode.finished;
    }
    const rows = partner.customers
      .byId(customerId)
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

function namePolicy({ policies = [] }: Device): string {
  return policies.flatMap(({ value }) => value ?? []).join(' ');
}
