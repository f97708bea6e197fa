import { isDeviceAlreadyAssigned } from '../device-failures.ts';
import type { BatchUploadDetails, DeviceUploadDetails } from '../generated/wire-types.ts';

/** The progress of an upload, in devices. */
export interface UploadProgress {
  readonly devicesRead: number;
  /** Whether the input has been read to its end: then `devicesRead` is the total. */
  readonly isInputRead: boolean;
  /** In accepted calls. */
  readonly devicesAccepted: number;
  /** With an outcome: succeeded or failed. */
  readonly devicesFinished: number;
  readonly devicesFailed: number;
}

/** The outcome of one device of an upload. */
export interface DeviceOutcome extends Omit<DeviceUploadDetails, 'attributes'> {
  /** The device's position in the input, from 0. */
  readonly index: number;
  /** The job that the outcome is from. */
  readonly trackingId: string;
  /** See `onResend`. */
  readonly isResent: boolean;
}

/** The outcomes of an upload, counted. */
export interface UploadTotals {
  readonly devices: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Failed devices that are "already assigned" in a part that was sent again, so this upload may have registered them itself. */
  readonly uncertain: number;
  /** By symbolic name of the failure; `finished` for the succeeded. */
  readonly byOutcome: Readonly<Record<string, number>>;
}

/** Counts: the progress while an upload runs, and its totals. */
export class UploadTally {
  readonly #onProgress: ((progress: UploadProgress) => void) | undefined;
  readonly #running = new Map<string, JobCounts>();
  #progress = { devicesRead: 0, isInputRead: false, devicesAccepted: 0 };
  #ended: JobCounts = { finished: 0, failed: 0 };
  #totals = { devices: 0, succeeded: 0, failed: 0, uncertain: 0 };
  readonly #byOutcome = new Map<string, number>();

  constructor(onProgress: ((progress: UploadProgress) => void) | undefined) {
    this.#onProgress = onProgress;
  }

  get totals(): UploadTotals {
    return { ...this.#totals, byOutcome: Object.fromEntries(this.#byOutcome) };
  }

  addRead(count: number): void {
    this.#progress.devicesRead += count;
    this.#report();
  }

  endInput(): void {
    this.#progress.isInputRead = true;
    this.#report();
  }

  addAccepted(count: number): void {
    this.#progress.devicesAccepted += count;
    this.#report();
  }

  /** A status read of a job that may still be running. */
  setRunning(trackingId: string, details: BatchUploadDetails): void {
    this.#running.set(trackingId, countRows(details));
    this.#report();
  }

  /** The last status read of a job. */
  endJob(trackingId: string, details: BatchUploadDetails): void {
    this.#running.delete(trackingId);
    this.#ended = add(this.#ended, countRows(details));
  }

  /** A call that was tried out: accepted and over at once. */
  endTrial(count: number, devicesStatus: readonly Pick<DeviceOutcome, 'status'>[]): void {
    this.#ended = add(this.#ended, countRows({ devicesStatus }));
    this.addAccepted(count);
  }

  /** An outcome that the reader gets. */
  addOutcome(outcome: Omit<DeviceOutcome, 'trackingId'>): void {
    const isSucceeded = outcome.status === 'finished';
    this.#totals.devices += 1;
    this.#totals[isSucceeded ? 'succeeded' : 'failed'] += 1;
    if (outcome.isResent && isDeviceAlreadyAssigned(outcome)) this.#totals.uncertain += 1;
    const name = isSucceeded ? 'finished' : (outcome.errorDescription ?? outcome.errorCode ?? outcome.status);
    this.#byOutcome.set(name, (this.#byOutcome.get(name) ?? 0) + 1);
  }

  #report(): void {
    if (!this.#onProgress) return;
    const { finished, failed } = [...this.#running.values()].reduce(add, this.#ended);
    this.#onProgress({ ...this.#progress, devicesFinished: finished, devicesFailed: failed });
  }
}

interface JobCounts {
  readonly finished: number;
  readonly failed: number;
}

function add(one: JobCounts, other: JobCounts): JobCounts {
  return { finished: one.finished + other.finished, failed: one.failed + other.failed };
}

function countRows({
  devicesStatus,
}: {
  readonly devicesStatus: readonly Pick<DeviceOutcome, 'status'>[];
}): JobCounts {
  const failed = devicesStatus.filter(({ status }) => status === 'finished_with_errors').length;
  const succeeded = devicesStatus.filter(({ status }) => status === 'finished').length;
  return { finished: succeeded + failed, failed };
}
