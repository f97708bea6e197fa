import type { Context } from '../context.ts';
import { insertAuditRecord, type AuditEntry } from '../../store/audit-records.ts';
import type { Database, Db } from '../../store/database.ts';

/** What a request will be recorded as. Whoever learns more of it while it is carried out adds that. */
export interface AuditTrail extends AuditEntry {
  partnerId: string | undefined;
  customerId: string | undefined;
  bodyDigest: string | undefined;
  readonly target: Record<string, string>;
  /** Whether the request repeats an earlier one, which was recorded then. */
  isReplay: boolean;
}

/**
 * Carries out a change and writes its audit record in the same transaction, which begins with the first statement that
 * changes something. A change that fails is undone and not recorded, and so is one that nothing records.
 */
export async function auditChange<T>(
  ctx: Context,
  audit: AuditTrail,
  change: (ctx: Context) => Promise<T>,
): Promise<T> {
  const open = new OpenChange(ctx.db);
  try {
    const result = await change({ ...ctx, db: open, audit });
    await open.commit(audit);
    return result;
  } catch (error) {
    await open.rollback(error);
    throw error;
  }
}

/** An entry of the trail, with what is known only to the statement that writes it. */
export function writtenWith(
  audit: AuditTrail | undefined,
  target: Record<string, string>,
): AuditEntry | undefined {
  return audit && { ...audit, target: { ...audit.target, ...target } };
}

interface Transaction {
  readonly tx: Db;
  readonly end: PromiseWithResolvers<void>;
  readonly ended: Promise<void>;
}

const changes = /\binsert into\b|\bdelete from\b|\bupdate \w+( \w+)? set\b/i;

/** A database of which one transaction is kept open from the first change on. What fails in it undoes all of it. */
class OpenChange implements Database {
  readonly pool: Database['pool'];
  readonly newClient: Database['newClient'];
  readonly #db: Database;
  #open: Promise<Transaction> | undefined;

  constructor(db: Database) {
    this.#db = db;
    this.pool = db.pool;
    this.newClient = (options) => db.newClient(options);
  }

  query: Database['query'] = async (statement) => {
    if (this.#open === undefined && !changes.test(statement.text)) return this.#db.query(statement);
    return this.transaction((tx) => tx.query(statement));
  };

  transaction: Database['transaction'] = async (work) => {
    const { tx } = await this.#begin();
    try {
      return await work(tx);
    } catch (error) {
      await this.rollback(error);
      throw error;
    }
  };

  async commit(audit: AuditTrail): Promise<void> {
    if (this.#open === undefined) return;
    const { tx, end, ended } = await this.#open;
    if (!audit.isReplay) await insertAuditRecord(tx, audit);
    end.resolve();
    await ended;
  }

  async rollback(reason: unknown): Promise<void> {
    const open = await this.#open?.catch(() => undefined);
    this.#open = undefined;
    open?.end.reject(reason);
    await open?.ended.catch(() => {});
  }

  #begin(): Promise<Transaction> {
    this.#open ??= new Promise((resolve, reject) => {
      const end = Promise.withResolvers<void>();
      const ended = this.#db.transaction((tx) => {
        // After `ended` is there.
        queueMicrotask(() => resolve({ tx, end, ended }));
        return end.promise;
      });
      ended.catch(reject);
    });
    return this.#open;
  }
}
