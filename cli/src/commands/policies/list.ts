import { defineCommand } from '../../command.ts';
import { chooseCustomer, connect } from '../../connection/connect.ts';
import { customerOption } from '../../connection/connection-options.ts';
import { exitCode } from '../../exit-code.ts';
import { printList } from '../../terminal/print-list.ts';
import { policyColumns } from './print-policy.ts';

export const listPoliciesCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: 'muster policies list',
  json: {
    'en-US': 'One ConfigurationPolicy of the API a line.',
    'zh-TW': '每行一個 API 的 ConfigurationPolicy。',
  },
  options: customerOption,
  async run(invocation, io) {
    const { partner, settings } = await connect(invocation, io);
    const customer = partner.customers.byId(chooseCustomer(invocation.values, settings));
    const rows = customer.configurationPolicies.list({ signal: io.interruption });
    await printList({ rows, columns: policyColumns(invocation.say) }, invocation, io);
    return exitCode.finished;
  },
});
