import { isDatabaseUnavailable } from './database-faults.ts';

/** What the database of DATABASE_URL lacks for a start, and what to do about it. What is unforeseen stays as it is. */
export function explainDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  const advice = adviceByCode[code] ?? (isDatabaseUnavailable(error) ? unreachable : undefined);
  if (advice === undefined) return error;
  return new Error(`DATABASE_URL: ${error.message}. ${advice}`, { cause: error });
}

const unreachable = 'No PostgreSQL answers there: start it, or correct host and port.';
const signIn = 'Correct the user name or password.';

const adviceByCode: Readonly<Record<string, string>> = {
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  '28000': signIn,
  '28P01': signIn,
  '3D000': 'Create the database, or name another.',
  '42501': 'The user must own the database, or be granted CREATE on it.',
};
