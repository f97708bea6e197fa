import type { AuditRecord } from '@muster/sdk';
import { defineCommand, type Language } from '../command.ts';
import { connect } from '../connection/connect.ts';
import { exitCode } from '../exit-code.ts';
import { listOptions, takeFirst } from '../shared-options.ts';
import { printList } from '../terminal/print-list.ts';
import type { Column } from '../terminal/render-table.ts';

export const listAuditCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: `muster audit list
muster audit list --operation deleteDevice --since 2026-11-01 --json`,
  json: {
    'en-US': "One AuditRecord resource of Muster's own API per line.",
    'zh-TW': '每行一個 Muster 自有 API 的 AuditRecord。',
  },
  options: {
    ...listOptions,
    until: {
      type: 'string',
      value: 'TIME',
      description: { 'en-US': 'Only before this time', 'zh-TW': '僅限此時間之前' },
    },
    operation: {
      type: 'string',
      value: 'NAME',
      description: {
        'en-US': 'Only this operation, such as createDeviceBatch',
        'zh-TW': '僅限此作業，例如 createDeviceBatch',
      },
    },
    actor: {
      type: 'string',
      value: 'NAME',
      description: {
        'en-US': 'Only changes by this user, application or administrator',
        'zh-TW': '僅限此使用者、應用程式或系統管理員所做的變更',
      },
    },
  },
  async run(invocation, io) {
    const { values } = invocation;
    const { partner } = await connect(invocation, io);
    const { customer: customerId, since, until, operation, actor } = values;
    const records = partner.audit.list({
      customerId,
      since,
      until,
      operation,
      actor,
      signal: io.interruption,
    });
    await printList({ rows: takeFirst(records, values), columns: columns(invocation) }, invocation, io);
    return exitCode.finished;
  },
});

function columns({ say }: Pick<Language, 'say'>): Column<AuditRecord>[] {
  return [
    { title: say('columnTime'), text: ({ occurredAt }) => occurredAt },
    { title: say('columnActor'), text: ({ actor }) => actor, widthMin: 12 },
    { title: say('columnOperation'), text: ({ operation }) => operation },
    {
      title: say('columnResult'),
      text: ({ result }) => result,
      style: ({ result }) => (result === 'refused' ? 'red' : undefined),
    },
    { title: say('columnCustomer'), text: ({ customerId = '' }) => customerId },
    { title: say('columnAddress'), text: ({ address }) => address },
    {
      title: say('columnDetails'),
      text: ({ details }) => details.map(({ key, value }) => `${key}=${value}`).join(' '),
      widthMin: 12,
    },
  ];
}
