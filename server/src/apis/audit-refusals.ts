import type { FastifyInstance, FastifyRequest } from 'fastify';
import { WindowCounters, type ElapsedMs } from '../http/window-counters.ts';
import type { Database } from '../store/database.ts';
import type { Log } from '../store/log.ts';
import { insertAuditRecord } from '../store/audit-records.ts';
import { newAuditTrail } from './audit-trail.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation's name in the contract. */
    operationId?: string;
  }
}

/** Refusals that are recorded of a partner within a minute. A flood must not fill the disk. */
export const refusalsPerMinute = 60;

/** Records requests that their sender may not make: 403 for a good token. They change nothing, so nobody waits for it. */
export class RefusalAudit {
  readonly #db: Database;
  readonly #log: Log;
  readonly #counters: WindowCounters;
  readonly #writing = new Set<Promise<void>>();

  constructor({ db, log, elapsedMs }: { db: Database; log: Log; elapsedMs: ElapsedMs }) {
    this.#db = db;
    this.#log = log;
    this.#counters = new WindowCounters({ limit: refusalsPerMinute, windowMs: 60_000, elapsedMs });
  }

  /** Watches the responses of an application. */
  watch(app: FastifyInstance): void {
    app.addHook('onResponse', (request, reply, done) => {
      if (reply.statusCode === 403) this.#record(request);
      done();
    });
  }

  /** Resolves when all that was recorded is written. */
  async close(): Promise<void> {
    await Promise.all(this.#writing);
  }

  #record(request: FastifyRequest): void {
    const { caller } = request;
    const { operationId } = request.routeOptions.config;
    if (!caller || operationId === undefined || this.#counters.secondsUntilRoom(caller.partnerId) > 0) return;
    this.#counters.count(caller.partnerId);
    const trail = newAuditTrail(request, { caller, operation: operationId });
    const writing = insertAuditRecord(this.#db, { ...trail, result: 'refused' })
      .catch((error: unknown) => this.#log.warn({ err: error }, 'a refusal could not be recorded'))
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }
}
