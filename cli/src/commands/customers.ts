import { nameClaimedCustomer } from '@muster/contract/claimed-customer';
import { defineCommand } from '../command.ts';
import { connect } from '../connection/connect.ts';
import { exitCode } from '../exit-code.ts';
import { printList } from '../terminal/print-list.ts';

export const listCustomersCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: 'muster customers list',
  json: { 'en-US': 'One Customer resource of the API per line.', 'zh-TW': '每行一個 API 的 Customer。' },
  options: {},
  async run(invocation, io) {
    const { say } = invocation;
    const { partner } = await connect(invocation, io);
    const columns = [
      { title: say('columnCustomerId'), text: ({ id }: { id: string }) => id },
      { title: say('columnName'), text: (customer: Listed) => customer.companyProfile?.companyName ?? '' },
      { title: say('columnDomain'), text: (customer: Listed) => customer.companyProfile?.domain ?? '' },
      {
        title: say('columnCreatedBy'),
        text: ({ id, companyProfile }: Listed & { id: string }) =>
          companyProfile?.companyName === nameClaimedCustomer(id) ? say('customerClaimed') : '',
      },
    ];
    await printList({ rows: partner.customers.list({ signal: io.interruption }), columns }, invocation, io);
    return exitCode.finished;
  },
});

interface Listed {
  readonly companyProfile?: { readonly companyName?: string; readonly domain?: string };
}
