import type { Operation } from '@muster/contract';
import { RequestError } from '../http/request-error.ts';
import { phraseOf } from '../texts/phrase-of.ts';

/**
 * Whether a call is only to be tried out, as its query says. The name is read without regard to case. Throws RequestError
 * for anything but one true or false: whoever sends it does not want the call to be carried out by mistake.
 */
export function readDryRun({ dryRun }: Pick<Operation, 'dryRun'>, query: unknown): boolean {
  if (!dryRun) return false;
  const values = Object.entries(query as Readonly<Record<string, unknown>>)
    .filter(([name]) => name.toLowerCase() === 'dryrun')
    .map(([, value]) => value);
  if (values.length === 0) return false;
  const [word] = values.length === 1 ? values : [];
  if (typeof word === 'string' && /^\s*(true|false)\s*$/i.test(word)) return /true/i.test(word);
  throw new RequestError({ kind: 'invalid-input', member: 'dryRun', problem: phraseOf('notBoolean') });
}
