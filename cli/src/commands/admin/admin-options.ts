import { usageError } from '../../cli-error.ts';
import type { Options } from '../../command.ts';

/** Options that several nouns of `muster admin` have. */
export const adminOptions = {
  partner: {
    type: 'string',
    value: 'ID',
    description: { 'en-US': 'The partner, a GUID', 'zh-TW': '合作夥伴，GUID' },
  },
  application: {
    type: 'string',
    value: 'ID',
    description: { 'en-US': 'The application, its client id', 'zh-TW': '應用程式的用戶端識別碼' },
  },
  name: {
    type: 'string',
    value: 'NAME',
    description: { 'en-US': 'The name', 'zh-TW': '名稱' },
  },
  domain: {
    type: 'string',
    value: 'DOMAIN',
    description: { 'en-US': 'The domain', 'zh-TW': '網域' },
  },
  id: {
    type: 'string',
    value: 'ID',
    description: {
      'en-US': 'The id to give it, a GUID (default: a new one)',
      'zh-TW': '指定識別碼，GUID（預設：新的）',
    },
  },
  role: {
    type: 'string',
    multiple: true,
    value: 'ROLE',
    choices: ['AdminAgents', 'SalesAgents', 'GlobalAdmin', 'none'],
    description: {
      'en-US': 'A role, as often as needed: AdminAgents, SalesAgents, GlobalAdmin; none takes all away',
      'zh-TW': '角色，可重複：AdminAgents、SalesAgents、GlobalAdmin；none 表示移除全部',
    },
  },
  days: {
    type: 'string',
    value: 'N',
    description: {
      'en-US': 'The secret expires after so many days (default: it does not)',
      'zh-TW': '密碼在此天數後過期（預設：不過期）',
    },
  },
} as const satisfies Options;

/** Reads the roles of a repeated `--role`. */
export function readRoles(value: unknown): readonly string[] {
  return [value]
    .flat()
    .map(String)
    .filter((role) => role !== 'none');
}

/** Reads a whole number. Throws a usage error for anything else. */
export function readCount(value: unknown, option: string): number {
  const text = String(value);
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usageError('badCount', { option: `--${option}`, value: text });
}
