import type { Client } from 'pg';

import { closeQuietly } from './connection.ts';

/**
 * Key of the session-level advisory lock, in the database `postgres`, that a running service holds from right after its
 * start until its stop: the letters "Muster" as a number. A server without this lock has lost its service.
 */
export const serviceLockKey = String(0x4d7573746572);

const retryMs = 50;

/** Takes the service lock for this connection if it is free. */
export async function tryServiceLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock($1::bigint) as taken',
    [serviceLockKey],
  );
  return rows[0]?.taken === true;
}

export interface ServiceLock {
  /** Stops watching the lock. The lock itself goes with the connection. */
  release(): Promise<void>;
}

/**
 * Keeps the lock that `first` holds: when that connection is lost while the server lives on (an administrator ended it, a
 * back end crashed), it is taken anew. `onTaken` is called if another service was faster.
 */
export function keepServiceLock(
  first: Client,
  options: { readonly connect: () => Promise<Client>; readonly onTaken: () => void },
): ServiceLock {
  const state = { isReleased: false, current: first };
  const watch = (client: Client): void => {
    state.current = client;
    client.once('end', () => void retake());
  };
  const retake = async (): Promise<void> => {
    while (!state.isReleased) {
      const client = await options.connect().catch(() => undefined);
      const taken = client && (await tryServiceLock(client).catch(() => undefined));
      if (client && taken && !state.isReleased) return watch(client);
      if (client) await closeQuietly(client);
      if (taken === false && !state.isReleased) return options.onTaken();
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  };
  watch(first);
  return {
    async release() {
      state.isReleased = true;
      await closeQuietly(state.current);
    },
  };
}
