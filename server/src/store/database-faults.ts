import pg from 'pg';

/** The server is out of reach, starting, stopping or full: trying again later can help. */
const unavailable = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53400',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Two transactions met; the loser can simply run again. */
const lostRace = new Set(['40001', '40P01']);

/** Whether an error says that the database is out of reach, not that the statement is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return unavailable.has(code);
  return (
    error instanceof Error &&
    /connection terminated|timeout exceeded when trying to connect|Cannot use a pool after/i.test(
      error.message,
    )
  );
}

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
