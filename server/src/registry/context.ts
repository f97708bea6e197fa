import type { AuditTrail } from './audit/audit-change.ts';
import type { CustomerOwners } from '../cache/customer-owners.ts';
import type { FinishedStatuses } from '../cache/finished-statuses.ts';
import type { EventNotices } from '../cache/event-notices.ts';
import type { JobEnds } from '../cache/job-ends.ts';
import type { StatusReads } from '../cache/status-reads.ts';
import type { WaitingPlaces } from '../cache/waiting-places.ts';
import type { Registrar } from '../registrars/registrar.ts';
import type { Database } from '../store/database.ts';
import type { AcceptedJob, NewBatchJob } from '../store/jobs/batch-jobs.ts';
import type { AddressCheck } from './webhooks/address-check.ts';

/** What every operation and job works with. */
export interface Context {
  readonly db: Database;
  readonly registrar: Registrar;
  /** The clock, so that tests can set it. */
  readonly now: () => Date;
  readonly limits: {
    readonly devicesPerCall: number;
    /** For how long audit records are kept. */
    readonly auditDays: number;
  };
  /** What the change that is being made is recorded as. Absent where nothing is changed for a caller. */
  readonly audit?: AuditTrail;
  /** Whether a customer id that nobody owns becomes the caller's on first use. */
  readonly claimCustomers: boolean;
  /** Which partner customers belong to, as far as it is remembered. */
  readonly owners: CustomerOwners;
  /** Responses for finished batch jobs that were made lately. */
  readonly finishedStatuses: FinishedStatuses;
  /** Status reads of jobs that have not ended. */
  readonly statusReads: StatusReads;
  /** Requests that wait for the end of a job. */
  readonly jobEnds: JobEnds;
  /** Places for requests that are held open. */
  readonly waitingPlaces: WaitingPlaces;
  /** Tells that there are events. */
  readonly eventNotices: EventNotices;
  /** Whether webhooks may be sent to an address. */
  readonly allowsAddress: AddressCheck;
  /** The jobs this node runs as soon as it has accepted them. */
  readonly localJobs: LocalJobs;
}

/** Runs jobs without the way through the queue: two round trips less, and no waiting for a worker. */
export interface LocalJobs {
  /**
   * Stores a job by `store`; a node with a free place stores it under a lease of its own and starts on it at once,
   * any other leaves it to the queue. Returns what `store` returned.
   */
  accept<J extends NewBatchJob, R>(
    job: J,
    store: (job: J) => Promise<R | AcceptedJob>,
  ): Promise<R | AcceptedJob>;
  /** Resolves when a job that this node runs has ended, or after so many milliseconds. Undefined: it is not run here. */
  untilEnd(trackingId: string, waitMs: number): Promise<void> | undefined;
}
