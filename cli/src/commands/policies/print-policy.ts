import type { ConfigurationPolicy } from '@muster/sdk';
import type { SharedInvocation } from '../../command.ts';
import type { Io } from '../../io.ts';
import type { MessageKey, Say } from '../../messages/message.ts';
import type { Column } from '../../terminal/render-table.ts';

/** Says what was done to a policy; with `--json`, the policy itself. Standard output has the id alone, for scripts. */
export async function printPolicy(
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

export function policyColumns(say: Say): Column<ConfigurationPolicy>[] {
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
