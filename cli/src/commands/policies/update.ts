import { usageError } from '../../cli-error.ts';
import { defineCommand } from '../../command.ts';
import { chooseCustomer, connect } from '../../connection/connect.ts';
import { customerOption } from '../../connection/connection-options.ts';
import { exitCode } from '../../exit-code.ts';
import { policyOptions } from './policy-settings.ts';
import { printPolicy } from './print-policy.ts';

export const updatePolicyCommand = defineCommand({
  usage: 'POLICY_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example:
    'muster policies update 56edf752-ee77-4fd8-b7f5-df1f74a3a9ac --name "Standard 2" --setting skip_eula',
  json: {
    'en-US': 'The changed ConfigurationPolicy of the API.',
    'zh-TW': '變更後的 API ConfigurationPolicy。',
  },
  options: {
    ...policyOptions,
    setting: {
      ...policyOptions.setting,
      description: {
        'en-US': 'The settings it shall have from now on, all of them',
        'zh-TW': '之後應有的所有設定',
      },
    },
    ...customerOption,
  },
  async run(invocation, io) {
    const { values } = invocation;
    const { name, description, setting } = values;
    const [policyId = ''] = invocation.arguments;
    if (name === undefined && description === undefined && setting === undefined) {
      throw usageError('needsPolicyChange');
    }
    const { partner, settings } = await connect(invocation, io);
    const customer = partner.customers.byId(chooseCustomer(values, settings));
    const operations = customer.configurationPolicies.byId(policyId);
    // The call replaces the whole policy: what is not changed must be sent as it is.
    const present = await operations.get({ signal: io.interruption });
    const kept = description ?? present.description;
    const request = {
      name: name ?? present.name,
      category: present.category ?? 'o_o_b_e',
      ...(kept !== undefined && { description: kept }),
      policySettings: setting ? [...new Set(setting)] : present.policySettings,
    };
    const policy = await operations.update(request, { signal: io.interruption });
    await printPolicy({ key: 'policyUpdated', policy }, invocation, io);
    return exitCode.finished;
  },
});
