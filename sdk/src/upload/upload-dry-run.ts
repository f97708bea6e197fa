import { BadRequestError, ConflictError } from '../errors.ts';
import type { DryRunResult } from '../generated/wire-types.ts';
import { checkDryRun, dryRunOf } from '../resources/dry-run.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import { unlessAborted } from '../runtime.ts';
import type { UploadOptions } from './device-upload.ts';
import { UploadPartError, type UploadTarget } from './part-sender.ts';
import { splitDevices, type DevicePart, type DeviceSource } from './split-devices.ts';
import { UploadTally, type DeviceOutcome, type UploadTotals } from './upload-progress.ts';

/** Options of a dry run: those of an upload that matter to it. */
export type DryRunOptions = Pick<
  UploadOptions,
  'batchId' | 'concurrency' | 'devicesPerCall' | 'bytesPerCall' | 'signal' | 'onProgress'
>;

/** The outcome that a device would have. */
export type DryRunOutcome = Omit<DeviceOutcome, 'deviceId' | 'trackingId'>;

/**
 * What an upload of any number of devices would do: `for await (const outcome of dryRun)` gives the outcome that each
 * device would have, in the order of the input; `finish()` gives the totals alone. Nothing is stored. It runs while it is
 * read, and can be read once.
 *
 * The devices of each call are tried by themselves: the same device in two calls would succeed in both.
 */
export class UploadDryRun implements AsyncIterable<DryRunOutcome> {
  readonly #devices: DeviceSource;
  readonly #options: DryRunOptions & UploadTarget;
  readonly #batches: Endpoint;
  readonly #tally: UploadTally;
  #isBatchThere = false;

  constructor(devices: DeviceSource, options: DryRunOptions & UploadTarget) {
    this.#devices = devices;
    this.#options = options;
    this.#batches = options.customer.at('deviceBatches');
    this.#tally = new UploadTally(options.onProgress);
  }

  /** Of the outcomes read so far. */
  get totals(): UploadTotals {
    return this.#tally.totals;
  }

  /** Reads the dry run to its end without keeping the outcomes, and gives the totals. */
  async finish(): Promise<UploadTotals> {
    for await (const _ of this);
    return this.totals;
  }

  /**
   * Throws what a call throws, an `UploadPartError` for devices that the service refuses as a whole, and a
   * `DryRunUnavailableError`, before anything is sent, where the service has no dry run.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<DryRunOutcome, void, undefined> {
    await checkDryRun(this.#batches, 'POST', this.#options);
    const stop = new AbortController();
    const { signal: given, concurrency = 4 } = this.#options;
    const signal = given ? AbortSignal.any([given, stop.signal]) : stop.signal;
    const { devicesPerCall = 1000, bytesPerCall = 1_000_000 } = this.#options;
    const parts = splitDevices(this.#devices, { devicesPerCall, bytesPerCall });
    const calls: Promise<DryRunOutcome[]>[] = [];
    try {
      for (;;) {
        const next = await unlessAborted(parts.next(), signal);
        if (next.done) break;
        this.#tally.addRead(next.value.count);
        const call = this.#try(next.value, signal);
        // Whoever reads is told of a failure when it is this call's turn.
        call.catch(() => undefined);
        calls.push(call);
        if (calls.length >= concurrency) yield* this.#outcomesOf(await calls.shift());
      }
      this.#tally.endInput();
      while (calls.length > 0) yield* this.#outcomesOf(await calls.shift());
    } finally {
      stop.abort();
      parts.return().catch(() => undefined);
      await Promise.allSettled(calls);
    }
  }

  *#outcomesOf(outcomes: readonly DryRunOutcome[] = []): Generator<DryRunOutcome, void, undefined> {
    for (const outcome of outcomes) {
      this.#tally.addOutcome(outcome);
      yield outcome;
    }
  }

  async #try(part: DevicePart, signal: AbortSignal): Promise<DryRunOutcome[]> {
    const { devices } = await this.#send(part, signal);
    const outcomes = devices.map((device, row) => toOutcome(device, part.firstIndex + row));
    this.#tally.endTrial(part.count, outcomes);
    return outcomes;
  }

  async #send(part: DevicePart, signal: AbortSignal): Promise<DryRunResult> {
    try {
      const created = this.#isBatchThere ? undefined : await this.#create(part, signal);
      return (
        created ?? (await this.#post(this.#batches.at(this.#options.batchId, 'devices'), part.json, signal))
      );
    } catch (error) {
      throw error instanceof BadRequestError ? new UploadPartError(part, error) : error;
    }
  }

  /**
   * Undefined when the batch exists. One that does not would be created by the first call: the others are tried as if they
   * were the first.
   */
  async #create(part: DevicePart, signal: AbortSignal): Promise<DryRunResult | undefined> {
    const body = new Blob([`{"batchId":${JSON.stringify(this.#options.batchId)},"devices":`, part.json, '}']);
    try {
      return await this.#post(this.#batches, body, signal);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      this.#isBatchThere = true;
      return undefined;
    }
  }

  async #post(
    endpoint: Endpoint,
    body: Blob | Uint8Array<ArrayBuffer>,
    signal: AbortSignal,
  ): Promise<DryRunResult> {
    const { transport, path } = dryRunOf(endpoint);
    const result = await transport.send({ method: 'POST', path, body, options: { signal } });
    return result.body as DryRunResult;
  }
}

function toOutcome(device: DryRunResult['devices'][number], index: number): DryRunOutcome {
  const { serialNumber, productKey, outcome, errorCode } = device;
  const named = { index, serialNumber, productKey, isResent: false };
  if (outcome === 'succeeded') return { ...named, status: 'finished' };
  return { ...named, status: 'finished_with_errors', errorCode, errorDescription: outcome };
}
