import { setTimeout as delay } from 'node:timers/promises';
import {
  DataDirectoryInUseError,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '@muster/embedded-postgres';
import type { Log } from '../store/log.ts';

/** The first restart is attempted immediately, the second after this time; then the time doubles. */
const secondWaitMs = 100;
const longestWaitMs = 5000;
/** A server that ran this long is no longer counted as failing, and the next wait is short again. */
const stableAfterMs = 10_000;

export interface KeepRunningOptions {
  readonly dataDirectory: string;
  readonly log: Log;
  /** Called once when PostgreSQL cannot be started again, with one line for the operator. */
  readonly onGivenUp: (reason: string) => void;
  /** How long restarts are attempted, in milliseconds. Default: one minute. */
  readonly giveUpAfterMs?: number;
}

/**
 * Starts the embedded PostgreSQL, and starts it again whenever it dies. Throws what startEmbeddedPostgres throws if the
 * first start fails.
 */
export async function keepPostgresRunning(options: KeepRunningOptions): Promise<EmbeddedPostgres> {
  const { dataDirectory, log, onGivenUp, giveUpAfterMs = 60_000 } = options;
  const state = { isStopping: false, waitMs: 0, startedAt: 0 };
  let restarting: Promise<void> = Promise.resolve();

  async function start(port?: number): Promise<EmbeddedPostgres> {
    const started = await startEmbeddedPostgres({
      dataDirectory,
      log: (message) => log.info({ source: 'postgres' }, message),
      onUnexpectedExit: (detail) => (restarting = restart(detail)),
      ...(port !== undefined && { port }),
    });
    state.startedAt = performance.now();
    return started;
  }

  async function restart(detail: string): Promise<void> {
    const diedAt = performance.now();
    log.error({ source: 'postgres', detail }, 'PostgreSQL ended unexpectedly; restarting it');
    if (diedAt - state.startedAt > stableAfterMs) state.waitMs = 0;
    for (;;) {
      await delay(state.waitMs);
      if (state.isStopping) return;
      state.waitMs = Math.min(Math.max(secondWaitMs, 2 * state.waitMs), longestWaitMs);
      try {
        current = await start(connection.port);
        const ms = Math.round(performance.now() - diedAt);
        log.warn({ source: 'postgres', ms }, 'PostgreSQL is running again');
        if (current.connection.host !== connection.host)
          onGivenUp(
            `The socket of PostgreSQL is in another folder now: ${current.connection.host}. Start Muster again.`,
          );
        return;
      } catch (error) {
        const reason = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
        const isLast = performance.now() - diedAt > giveUpAfterMs || error instanceof DataDirectoryInUseError;
        if (isLast) return onGivenUp(`Embedded PostgreSQL cannot be started again: ${reason}`);
        log.warn({ source: 'postgres', reason }, 'PostgreSQL did not start; retrying');
      }
    }
  }

  let current = await start();
  const { connection } = current;
  return {
    connection,
    async stop() {
      state.isStopping = true;
      await restarting;
      await current.stop();
    },
  };
}
