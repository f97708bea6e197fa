import {
  addPartnerRequestCounts,
  deleteOldPartnerRequests,
  insertPartnerRequests,
  type PartnerRequest,
  type PartnerRequestCount,
} from '../../store/access/partner-requests.ts';
import type { Database } from '../../store/database.ts';
import type { Log } from '../../store/log.ts';

/** The reports go back so many days, and list so many requests of a partner: as Partner Center's do. */
const keptMs = 7 * 24 * 60 * 60_000;
export const partnerRequestsMax = 10_000;

/** Requests are written in groups: a request costs no statement of its own. */
const writeEveryMs = 5000;

/**
 * Remembers requests that users make to the API, for the reports on MFA. They are counted exactly, and written every five
 * seconds and before a report is read. A node that is killed loses those of its last seconds.
 */
export class PartnerRequestLog {
  readonly #db: Database;
  readonly #now: () => Date;
  readonly #log: Log;
  #requests: PartnerRequest[] = [];
  #counts = new Map<string, PartnerRequestCount>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor({ db, now, log }: { db: Database; now: () => Date; log: Log }) {
    this.#db = db;
    this.#now = now;
    this.#log = log;
  }

  /** The earliest moment that reports tell of. */
  since(): Date {
    return new Date(this.#now().getTime() - keptMs);
  }

  record(request: PartnerRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > 2 * partnerRequestsMax)
      this.#requests = this.#requests.slice(-partnerRequestsMax);
    this.#count({
      ...request,
      date: request.requestedAt.toISOString().slice(0, 10),
      total: 1,
      compliant: request.isMfaCompliant ? 1 : 0,
      lastNonCompliantAt: request.isMfaCompliant ? undefined : request.requestedAt,
    });
    this.#timer ??= setTimeout(() => void this.#writeLater(), writeEveryMs).unref();
  }

  /** Writes what was recorded so far. */
  write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.catch(() => {}).then(() => this.#writeAll());
    return this.#writing;
  }

  async #writeLater(): Promise<void> {
    try {
      await this.write();
    } catch (error) {
      this.#log.warn({ err: error }, 'could not store requests for the MFA reports; they are kept');
    }
  }

  async #writeAll(): Promise<void> {
    const requests = this.#requests.slice(-partnerRequestsMax);
    const counts = [...this.#counts.values()];
    if (counts.length === 0) return;
    this.#requests = [];
    this.#counts = new Map();
    const partnerIds = [...new Set(counts.map(({ partnerId }) => partnerId))];
    try {
      await this.#db.transaction(async (tx) => {
        await addPartnerRequestCounts(tx, counts);
        await insertPartnerRequests(tx, requests);
        await deleteOldPartnerRequests(tx, { before: this.since(), partnerIds, kept: partnerRequestsMax });
      });
    } catch (error) {
      this.#requests = [...requests, ...this.#requests];
      for (const count of counts) this.#count(count);
      throw error;
    }
  }

  #count(added: PartnerRequestCount): void {
    const key = [added.partnerId, added.date, added.clientId, added.userId].join(' ');
    const counted = this.#counts.get(key);
    this.#counts.set(key, {
      ...added,
      total: added.total + (counted?.total ?? 0),
      compliant: added.compliant + (counted?.compliant ?? 0),
      lastNonCompliantAt: latest(added.lastNonCompliantAt, counted?.lastNonCompliantAt),
    });
  }
}

function latest(one: Date | undefined, other: Date | undefined): Date | undefined {
  return one === undefined || (other !== undefined && other > one) ? other : one;
}
