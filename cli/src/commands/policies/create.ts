import { usageError } from '../../cli-error.ts';
import { defineCommand } from '../../command.ts';
import { chooseCustomer, connect } from '../../connection/connect.ts';
import { customerOption } from '../../connection/connection-options.ts';
import { exitCode } from '../../exit-code.ts';
import { policyOptions } from './policy-settings.ts';
import { printPolicy } from './print-policy.ts';

export const createPolicyCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: 'muster policies create --name Standard --setting skip_eula --setting oobe_user_not_local_admin',
  json: { 'en-US': 'The new ConfigurationPolicy of the API.', 'zh-TW': '新建的 API ConfigurationPolicy。' },
  options: { ...policyOptions, ...customerOption },
  async run(invocation, io) {
    const { values } = invocation;
    const { name, description, setting = [] } = values;
    if (name === undefined) throw usageError('missingOption', { option: '--name' });
    const { partner, settings } = await connect(invocation, io);
    const customer = partner.customers.byId(chooseCustomer(values, settings));
    const request = {
      name,
      category: 'o_o_b_e' as const,
      ...(description !== undefined && { description }),
      policySettings: [...new Set(setting)],
    };
    const policy = await customer.configurationPolicies.create(request, { signal: io.interruption });
    await printPolicy({ key: 'policyCreated', policy }, invocation, io);
    return exitCode.finished;
  },
});
