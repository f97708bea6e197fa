import pg from 'pg';
import type { Log } from './log.ts';

/** Seconds after which a client may try again. */
export const databaseRetrySeconds = 5;

/**
 * Faults of the database that pass: a request that meets one gets a 503 with `Retry-After`. By the beginning of
 * PostgreSQL's error code (appendix A of its manual), each with the line that the operator reads in the log.
 */
const passingFaults: readonly (readonly [code: string, meaning: string])[] = [
  ['08', 'PostgreSQL cannot be reached'],
  ['25006', 'PostgreSQL is read-only: DATABASE_URL names a standby, or a primary that became one'],
  ['25P03', 'PostgreSQL ended a transaction that was idle for too long (MUSTER_DATABASE_WAIT_SECONDS)'],
  ['40001', 'two transactions met, and PostgreSQL ended one'],
  ['40P01', 'two transactions waited for each other, and PostgreSQL ended one'],
  ['53100', 'the disk of PostgreSQL is full'],
  ['53200', 'PostgreSQL is out of memory'],
  [
    '53300',
    'PostgreSQL has too many connections: lower MUSTER_DATABASE_CONNECTIONS or raise max_connections',
  ],
  ['53', 'PostgreSQL lacks resources'],
  ['55P03', 'a statement waited too long for a lock (MUSTER_DATABASE_WAIT_SECONDS)'],
  ['57014', 'a statement took too long (MUSTER_STATEMENT_SECONDS)'],
  ['57P04', ''],
  ['57P0', 'PostgreSQL is starting or stopping'],
];

/** Codes of the operating system when the server is gone, starting or too slow. */
const systemCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH']);

/** Errors of the driver, which have no code. */
const driverFaults: readonly (readonly [message: RegExp, meaning: string])[] = [
  [/timeout exceeded when trying to connect/, 'no connection to PostgreSQL was free in time'],
  [/Query read timeout|timeout expired/, 'PostgreSQL does not respond'],
  [/connection terminated|connection error|Cannot use a pool after/i, 'PostgreSQL cannot be reached'],
];

/** What the operator should know about a fault of the database that passes; undefined for any other error. */
export function describePassingFault(error: unknown): string | undefined {
  const code = codeOf(error);
  if (code !== undefined) {
    if (systemCodes.has(code)) return 'PostgreSQL cannot be reached';
    // An empty meaning is an exception from its class: a database that was dropped does not come back.
    return passingFaults.find(([start]) => code.startsWith(start))?.[1] || undefined;
  }
  const message = error instanceof Error ? error.message : '';
  return driverFaults.find(([pattern]) => pattern.test(message))?.[1];
}

/** Whether trying again later can help: the fault lies with the database's state, not with the statement. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return describePassingFault(error) !== undefined;
}

/** Whether the database is at fault, and not what it was asked: a statement may take too long by its own fault. */
export function isOutage(error: unknown): boolean {
  return isDatabaseUnavailable(error) && codeOf(error) !== '57014';
}

const reportEveryMs = 10_000;
const reportedAt = new Map<string, number>();

/** Logs a passing fault in one line, and the same one at most every ten seconds however many requests meet it. */
export function reportPassingFault(log: Log, error: unknown): void {
  const meaning = describePassingFault(error);
  const now = performance.now();
  if (meaning === undefined || now - (reportedAt.get(meaning) ?? -Infinity) < reportEveryMs) return;
  reportedAt.set(meaning, now);
  log.error(
    { source: 'postgres', code: codeOf(error) },
    `${meaning}; requests get a 503 until this is resolved`,
  );
}

/** Two transactions met; the loser can simply run again. */
const lostRace = new Set(['40001', '40P01']);

/** Whether a transaction lost against another one and may be run again at once. */
export function isLostRace(error: unknown): boolean {
  return error instanceof pg.DatabaseError && lostRace.has(error.code ?? '');
}

/** Whether a statement was refused by this constraint. */
export function breaksConstraint(error: unknown, constraint: string): boolean {
  return error instanceof pg.DatabaseError && error.constraint === constraint;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

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
