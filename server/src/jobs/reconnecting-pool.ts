import type pg from 'pg';
import { isDatabaseUnavailable } from '../store/database-faults.ts';

const retryEveryMs = 500;

/** A pool for the queue, which survives an outage of the database. */
export interface PatientPool {
  readonly pool: pg.Pool;
  /** From now on an outage is an error, so that a stop does not wait for its end. */
  giveUp(): void;
}

/**
 * The queue ends the process, or goes quiet, when the database cannot be reached as it writes down what became of a
 * job. On this pool it waits instead: connecting goes on until it succeeds, and a statement that an outage cut off fails
 * with a code after which the queue repeats it. (Its statements bear that: each names the lock under which it counts.)
 */
export function makePatient(pool: pg.Pool): PatientPool {
  let isPatient = true;

  async function connect(): Promise<pg.PoolClient> {
    for (;;) {
      try {
        return withRepeatableFailures(await pool.connect());
      } catch (error) {
        if (!isPatient || !isDatabaseUnavailable(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, retryEveryMs));
      }
    }
  }

  const patient = replaceMember(pool, 'connect', (...callback: []) =>
    // With a callback it is the queue's listener, which has a patience of its own.
    callback.length > 0 ? pool.connect(...callback) : connect(),
  );
  return { pool: patient, giveUp: () => void (isPatient = false) };
}

function withRepeatableFailures(client: pg.PoolClient): pg.PoolClient {
  return replaceMember(client, 'query', async (...statement: [string]) => {
    try {
      return await client.query(...statement);
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      // The queue repeats what failed with this code.
      throw Object.assign(new Error('the database is out of reach', { cause: error }), { code: 'ETIMEDOUT' });
    }
  });
}

/** The same object, seen with one member replaced. */
function replaceMember<T extends object>(whole: T, name: keyof T, replacement: unknown): T {
  return new Proxy(whole, {
    get: (target, member) => {
      if (member === name) return replacement;
      const value: unknown = Reflect.get(target, member);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
