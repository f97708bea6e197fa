import { policySettings, type ConfigurationPolicy } from '@muster/sdk';
import { usageError } from '../cli-error.ts';
import { defineCommand, required, type Options, type SharedInvocation } from '../command.ts';
import { chooseCustomer, connect } from '../connection/connect.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { MessageKey, Say } from '../messages/message.ts';
import { customerOption } from '../shared-options.ts';
import { confirm, yesOption } from '../terminal/confirm.ts';
import { printList } from '../terminal/print-list.ts';
import type { Column } from '../terminal/render-table.ts';

const policyOptions = {
  name: {
    type: 'string',
    value: 'NAME',
    description: { 'en-US': 'Policy name', 'zh-TW': '原則名稱' },
  },
  description: {
    type: 'string',
    value: 'TEXT',
    description: { 'en-US': 'Description of the policy', 'zh-TW': '用途說明' },
  },
  setting: {
    type: 'string',
    short: 's',
    multiple: true,
    value: 'NAME',
    choices: policySettings,
    description: {
      'en-US': `Policy setting. Can be repeated: ${policySettings.join(', ')}`,
      'zh-TW': `原則設定，可重複指定：${policySettings.join('、')}`,
    },
  },
} as const satisfies Options;

export const listPoliciesCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: 'muster policies list',
  json: {
    'en-US': 'One ConfigurationPolicy resource of the API per line.',
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

export const createPolicyCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: 'muster policies create --name Standard --setting skip_eula --setting oobe_user_not_local_admin',
  json: {
    'en-US': 'The new ConfigurationPolicy resource of the API.',
    'zh-TW': '新建的 API ConfigurationPolicy。',
  },
  options: { ...policyOptions, name: required(policyOptions.name), ...customerOption },
  async run(invocation, io) {
    const { values } = invocation;
    const { name, description, setting = [] } = values;
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

export const updatePolicyCommand = defineCommand({
  usage: 'POLICY_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example:
    'muster policies update 56edf752-ee77-4fd8-b7f5-df1f74a3a9ac --name "Standard 2" --setting skip_eula',
  json: {
    'en-US': 'The updated ConfigurationPolicy resource of the API.',
    'zh-TW': '變更後的 API ConfigurationPolicy。',
  },
  options: {
    ...policyOptions,
    setting: {
      ...policyOptions.setting,
      description: {
        'en-US': 'Policy setting. Can be repeated; replaces all current settings',
        'zh-TW': '原則設定，可重複指定；會取代目前的所有設定',
      },
    },
    ...customerOption,
  },
  async run(invocation, io) {
    const { values } = invocation;
    const { name, description, setting } = values;
    const [policyId = ''] = invocation.arguments;
    if (name === undefined && description === undefined && setting === undefined) {
      throw usageError('nothingToChange', { options: '--name, --description, --setting' });
    }
    const { partner, settings } = await connect(invocation, io);
    const customer = partner.customers.byId(chooseCustomer(values, settings));
    const operations = customer.configurationPolicies.byId(policyId);
    // The call replaces the whole policy, so unchanged values must be sent as well.
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

/** Says what was done to a policy; with `--json`, the policy itself. Standard output has the id alone, for scripts. */
async function printPolicy(
  done: { readonly key: MessageKey; readonly policy: ConfigurationPolicy },
  { values, say }: SharedInvocation,
  io: Io,
): Promise<void> {
  const { key, policy } = done;
  if (values.json) {
    await io.stdout.write(`${JSON.stringify(policy, null, 2)}\n`);
    return;
  }
  if (!values.quiet) await io.stderr.write(`${say(key, { id: policy.id })}\n`);
  await io.stdout.write(`${policy.id}\n`);
}

function policyColumns(say: Say): Column<ConfigurationPolicy>[] {
  return [
    { title: say('columnPolicyId'), text: ({ id }) => id },
    { title: say('columnName'), text: ({ name }) => name, widthMin: 12 },
    { title: say('columnDevices'), text: ({ devicesAssignedCount }) => String(devicesAssignedCount ?? '') },
    {
      title: say('columnSettings'),
      text: ({ policySettings }) => policySettings.join(', '),
      isWrapped: true,
    },
  ];
}
