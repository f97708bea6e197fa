import { usageError } from '../../cli-error.ts';
import type { Language, Options } from '../../command.ts';
import type { Io } from '../../io.ts';

/** Options that several nouns of `muster admin` have. */
export const adminOptions = {
  partner: {
    type: 'string',
    value: 'ID',
    description: { 'en-US': 'Partner ID, a GUID', 'zh-TW': '合作夥伴識別碼，GUID' },
  },
  application: {
    type: 'string',
    value: 'ID',
    description: { 'en-US': "The application's client ID", 'zh-TW': '應用程式的用戶端識別碼' },
  },
  name: {
    type: 'string',
    value: 'NAME',
    description: { 'en-US': 'Name', 'zh-TW': '名稱' },
  },
  domain: {
    type: 'string',
    value: 'DOMAIN',
    description: { 'en-US': 'Domain name', 'zh-TW': '網域名稱' },
  },
  id: {
    type: 'string',
    value: 'ID',
    description: {
      'en-US': 'ID to assign, a GUID (default: a new one)',
      'zh-TW': '要指派的識別碼，GUID（預設：自動產生）',
    },
  },
  role: {
    type: 'string',
    multiple: true,
    value: 'ROLE',
    choices: ['AdminAgents', 'SalesAgents', 'GlobalAdmin', 'none'],
    description: {
      'en-US': 'Role: AdminAgents, SalesAgents, GlobalAdmin, or none for no role. Can be repeated',
      'zh-TW': '角色：AdminAgents、SalesAgents、GlobalAdmin；none 表示沒有角色。可重複指定',
    },
  },
  days: {
    type: 'string',
    isCount: true,
    value: 'N',
    description: {
      'en-US': 'Days until the secret expires (default: never)',
      'zh-TW': '密碼在多少天後過期（預設：永不過期）',
    },
  },
} as const satisfies Options;

type Choice = (typeof adminOptions.role.choices)[number];
type Role = Exclude<Choice, 'none'>;

/** The roles of repeated `--role` options; `none` stands for an empty list. */
export function toRoles(given: readonly Choice[]): readonly Role[] {
  return given.filter((role) => role !== 'none');
}

/** Asks for roles on the terminal. Throws a usage error for `--role` when there is none, or for an unknown role. */
export async function askRoles({ say }: Language, io: Io): Promise<readonly Choice[]> {
  const { choices } = adminOptions.role;
  if (!io.stdin.isTTY || !io.stderr.isTTY) throw usageError('missingOption', { option: '--role' });
  const answer = await io.ask({ text: say('askRoles', { choices: choices.join(', ') }) });
  io.interruption.throwIfAborted();
  const names = answer.split(/[\s,]+/).filter((name) => name !== '');
  if (names.length === 0) throw usageError('missingOption', { option: '--role' });
  return names.map((name) => {
    const known = choices.find((choice) => choice.toLowerCase() === name.toLowerCase());
    if (!known) throw usageError('badChoice', { option: '--role', value: name, choices: choices.join(', ') });
    return known;
  });
}

/** The number of an option that was checked to be one. */
export function toCount(given: string | undefined): number | undefined {
  return given === undefined ? undefined : Number(given);
}
