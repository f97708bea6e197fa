import type { OwnJobs } from '../cache/local-jobs.ts';
import type { CustomerOwners } from '../cache/customer-owners.ts';
import type { FinishedAnswers } from '../cache/finished-statuses.ts';
import type { Registrar } from '../registrars/registrar.ts';
import type { Database } from '../store/database.ts';

/** What every operation and job works with. */
export interface Context {
  readonly db: Database;
  readonly registrar: Registrar;
  /** The clock, so that tests can set it. */
  readonly now: () => Date;
  readonly limits: { readonly devicesPerCall: number };
  /** Whether a customer id that nobody owns becomes the caller's on first use. */
  readonly claimCustomers: boolean;
  /** Which partner customers belong to, as far as it is remembered. */
  readonly owners: CustomerOwners;
  /** Answers of finished batch jobs that were read lately. */
  readonly answers: FinishedAnswers;
  /** The jobs this node runs as soon as it has accepted them. */
  readonly ownJobs: OwnJobs;
}
