import { defineCommand } from '../../command.ts';
import { chooseCustomer, connect } from '../../connection/connect.ts';
import { customerOption } from '../../connection/connection-options.ts';
import { exitCode } from '../../exit-code.ts';
import { confirm, yesOption } from '../../terminal/confirm.ts';

export const deletePolicyCommand = defineCommand({
  usage: 'POLICY_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example: 'muster policies delete 56edf752-ee77-4fd8-b7f5-df1f74a3a9ac --yes',
  json: { 'en-US': '{"id","status":"deleted"}', 'zh-TW': '{"id","status":"deleted"}' },
  options: { ...customerOption, ...yesOption },
  async run(invocation, io) {
    const { values, say } = invocation;
    const [id = ''] = invocation.arguments;
    const { partner, settings } = await connect(invocation, io);
    const customer = partner.customers.byId(chooseCustomer(values, settings));
    await confirm({ values, say, question: say('confirmDeletePolicy', { id }) }, io);
    await customer.configurationPolicies.byId(id).delete({ signal: io.interruption });
    const line = values.json ? JSON.stringify({ id, status: 'deleted' }) : say('policyDeleted', { id });
    await io.stdout.write(`${line}\n`);
    return exitCode.finished;
  },
});
