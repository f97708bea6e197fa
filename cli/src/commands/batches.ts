import { defineCommand } from '../command.ts';
import { chooseCustomer, connect } from '../connection/connect.ts';
import { customerOption } from '../shared-options.ts';
import { exitCode } from '../exit-code.ts';
import { printList } from '../terminal/print-list.ts';

export const listBatchesCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: 'muster batches list',
  json: {
    'en-US': 'One DeviceBatch resource of the API per line.',
    'zh-TW': '每行一個 API 的 DeviceBatch。',
  },
  options: customerOption,
  async run(invocation, io) {
    const { values, say } = invocation;
    const { partner, settings } = await connect(invocation, io);
    const rows = partner.customers
      .byId(chooseCustomer(values, settings))
      .deviceBatches.list({ signal: io.interruption });
    const columns = [
      { title: say('columnBatch'), text: ({ id }: { id: string }) => id },
      {
        title: say('columnDevices'),
        text: ({ devicesCount }: { devicesCount?: number }) => String(devicesCount ?? ''),
      },
      {
        title: say('columnCreated'),
        text: ({ creationDate = '' }: { creationDate?: string }) => creationDate,
      },
      { title: say('columnCreatedBy'), text: ({ createdBy = '' }: { createdBy?: string }) => createdBy },
    ];
    await printList({ rows, columns }, invocation, io);
    return exitCode.finished;
  },
});
