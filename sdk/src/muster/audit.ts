import type { AuditRecord } from '../generated/muster-types.ts';
import type { Pages } from '../pages.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import { listByCursor, type CursorListOptions } from './cursor-list.ts';

/** Which audit records to list. */
export interface AuditListOptions extends CursorListOptions {
  /** Records from this time on. */
  readonly since?: Date | string | undefined;
  /** Records before this time. */
  readonly until?: Date | string | undefined;
  /** Default: records of all customers, and of none. */
  readonly customerId?: string | undefined;
  /** The name of an operation, such as `createDeviceBatch`. */
  readonly operation?: string | undefined;
  /** The name of a user, an application or an administrator. */
  readonly actor?: string | undefined;
}

/** Who changed what, and who was refused. Muster's own API: Partner Center answers with a `NotFoundError`. */
export class Audit {
  readonly #endpoint: Endpoint;

  constructor(root: Endpoint) {
    this.#endpoint = root.at('auditRecords');
  }

  /** Audit records, the newest first, fetched page by page while they are read. */
  list(options: AuditListOptions = {}): Pages<AuditRecord> {
    const { since, until, customerId, operation, actor, ...rest } = options;
    return listByCursor(this.#endpoint, { since, until, customerId, operation, actor }, rest);
  }
}
