import { isDeviceAlreadyAssigned } from '../device-failures.ts';
import type { BatchUploadDetails } from '../generated/wire-types.ts';
import type { DeviceOutcome, UploadProgress, UploadTotals } from './upload-options.ts';

/** Counts: what is told while an upload runs, and what it came to. */
export class UploadTally {
  readonly #onProgress: ((progress: UploadProgress) => void) | undefined;
  readonly #running = new Map<string, { readonly finished: number; readonly failed: number }>();
  #progress = { devicesRead: 0, isInputRead: false, devicesAccepted: 0 };
  #ended = { finished: 0, failed: 0 };
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
    this.#tell();
  }

  endInput(): void {
    this.#progress.isInputRead = true;
    this.#tell();
  }

  addAccepted(count: number): void {
    this.#progress.devicesAccepted += count;
    this.#tell();
  }

  /** A look at a job that may still run. */
  setRunning(trackingId: string, details: BatchUploadDetails): void {
    this.#running.set(trackingId, countRows(details));
    this.#tell();
  }

  /** The last look at a job. */
  endJob(trackingId: string, details: BatchUploadDetails): void {
    this.#running.delete(trackingId);
    const { finished, failed } = countRows(details);
    this.#ended = { finished: this.#ended.finished + finished, failed: this.#ended.failed + failed };
  }

  /** An outcome that is handed out. */
  addOutcome(outcome: DeviceOutcome): void {
    const isSucceeded = outcome.status === 'finished';
    this.#totals.devices += 1;
    this.#totals[isSucceeded ? 'succeeded' : 'failed'] += 1;
    if (outcome.isResent && isDeviceAlreadyAssigned(outcome)) this.#totals.uncertain += 1;
    const name = isSucceeded ? 'finished' : (outcome.errorDescription ?? outcome.errorCode ?? outcome.status);
    this.#byOutcome.set(name, (this.#byOutcome.get(name) ?? 0) + 1);
  }

  #tell(): void {
    if (!this.#onProgress) return;
    let { finished, failed } = this.#ended;
    for (const job of this.#running.values()) {
      finished += job.finished;
      failed += job.failed;
    }
    this.#onProgress({ ...this.#progress, devicesFinished: finished, devicesFailed: failed });
  }
}

function countRows({ devicesStatus }: BatchUploadDetails): { finished: number; failed: number } {
  let finished = 0;
  let failed = 0;
  for (const { status } of devicesStatus) {
    if (status === 'finished' || status === 'finished_with_errors') finished += 1;
    if (status === 'finished_with_errors') failed += 1;
  }
  return { finished, failed };
}
