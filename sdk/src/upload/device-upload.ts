import { NotFoundError, PartnerCenterError } from '../errors.ts';
import type { BatchUploadDetails } from '../generated/wire-types.ts';
import { waitFor } from '../polling.ts';
import { BatchUploadStatusCollection, isJobFinished } from '../resources/batch-upload-status.ts';
import { unlessAborted } from '../runtime.ts';
import { PartLedger, type AcceptedPart } from './part-ledger.ts';
import { PartSender, UploadPartError, type ResentPart, type UploadTarget } from './part-sender.ts';
import { Slots } from './slots.ts';
import { splitDevices, type DevicePart, type DeviceSource } from './split-devices.ts';
import { memoryJournal, type JournalHeader, type UploadJournal } from './upload-journal.ts';
import {
  UploadTally,
  type DeviceOutcome,
  type UploadProgress,
  type UploadTotals,
} from './upload-progress.ts';

/** Options of an upload. */
export interface UploadOptions {
  /** The batch that gets the devices; it is created if it does not exist. */
  readonly batchId: string;
  /**
   * Where the upload records its progress. If the journal is kept, for example in a file, the same upload can continue after the
   * program has ended. Default: in memory, for this run only.
   */
  readonly journal?: UploadJournal | undefined;
  /** The number of simultaneous calls. Default: 4. */
  readonly concurrency?: number | undefined;
  /** Default: 1,000, the maximum of Partner Center. The number in a journal takes precedence. */
  readonly devicesPerCall?: number | undefined;
  /**
   * The maximum length of a call's body. Default: 1,000,000, about 250 devices with their hashes. Smaller calls need less memory and
   * lose less if a device is refused. The number in a journal takes precedence.
   */
  readonly bytesPerCall?: number | undefined;
  /** The maximum number of parts that are sent but not finished; their outcomes are kept in memory. Default: 32. */
  readonly partsAhead?: number | undefined;
  /** Ends the upload; its reason is thrown. Jobs in the service continue. */
  readonly signal?: AbortSignal | undefined;
  /** Per part, from its acceptance to its end; then a `WaitTimeoutError` is thrown. Default: 24 hours. */
  readonly timeoutMs?: number | undefined;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
  /**
   * Called for each part that is sent again with a new request ID, because it may have been sent more than 24 hours ago without a
   * response. Devices that the first attempt registered are then reported as "already assigned", with `isResent`.
   */
  readonly onResend?: ((part: ResentPart) => void) | undefined;
}

/** The pause before the first status read of a job; between later reads, it grows. */
const lookIntervalMs = 250;

interface FinishedPart extends AcceptedPart {
  readonly details: BatchUploadDetails;
}

/** A part under way; `result` is set once it is finished. */
interface Flight {
  readonly finished: Promise<FinishedPart>;
  result?: FinishedPart;
}

/**
 * An upload of any number of devices, which starts immediately. `for await (const outcome of upload)` yields one outcome per
 * device, in the order of the input; `await upload` waits for the end and returns the totals. An upload that is neither read nor
 * awaited still runs to its end and keeps its outcomes in memory; its failure is then an unhandled rejection. A reader that stops
 * early ends the upload.
 *
 * Throws what a call throws, an `UploadPartError`, an `UploadJournalError`, what the input throws, or the signal's
 * reason; the same upload with the same journal then continues where it stopped.
 */
export class DeviceUpload implements AsyncIterable<DeviceOutcome>, PromiseLike<UploadTotals> {
  readonly #options: UploadOptions & UploadTarget;
  readonly #tally: UploadTally;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #parts: AsyncGenerator<FinishedPart, void, undefined>;
  /** Parts that finished before they were read. */
  readonly #kept: FinishedPart[] = [];
  readonly #unread: Promise<void>;
  readonly #ended: Promise<void>;
  #end: (error?: unknown) => void = () => {};
  #result: Promise<UploadTotals> | undefined;
  #ledger: PartLedger | undefined;
  #isRead = false;

  constructor(devices: DeviceSource, options: UploadOptions & UploadTarget) {
    const { signal, onProgress } = options;
    this.#options = options;
    this.#tally = new UploadTally(onProgress);
    this.#signal = signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal;
    this.#ended = new Promise((resolve, reject) => {
      this.#end = (error) => (error === undefined ? resolve() : reject(error));
    });
    // Nothing may await this promise. The reader gets the failure.
    this.#ended.catch(() => undefined);
    this.#parts = this.#run(devices);
    this.#unread = this.#keepUntilRead();
  }

  /** Of the outcomes read so far. */
  get totals(): UploadTotals {
    return this.#tally.totals;
  }

  /**
   * What the service has accepted so far, in the order of the input; with a journal, in earlier runs too. It stays
   * readable after the upload has ended, failed or was aborted: each part's job can then be followed by its tracking id.
   */
  get accepted(): readonly AcceptedPart[] {
    return this.#ledger?.accepted ?? [];
  }

  /** Reads the upload to its end without keeping the outcomes, and returns the totals. */
  async finish(): Promise<UploadTotals> {
    for await (const _ of this);
    return this.totals;
  }

  /** `await upload` returns the totals at the end of the upload, even while its outcomes are read, and more than once. */
  // oxlint-disable-next-line unicorn/no-thenable -- without it, `await upload` would not wait, and look as if it had
  then<A = UploadTotals, B = never>(
    onFulfilled?: ((totals: UploadTotals) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#result ??= this.#isRead ? this.#ended.then(() => this.totals) : this.finish();
    return this.#result.then(onFulfilled, onRejected);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<DeviceOutcome, void, undefined> {
    if (this.#isRead) throw new PartnerCenterError('An upload can be read only once. Make a new one.');
    this.#isRead = true;
    // From here on, the reader gets a failure after the outcomes that precede it.
    this.#unread.catch(() => undefined);
    try {
      yield* this.#outcomesOfKept();
      await this.#unread;
      yield* this.#outcomesOfKept();
      for await (const part of this.#parts) yield* this.#outcomesOf(part);
      this.#end();
    } catch (error) {
      this.#end(error);
      throw error;
    } finally {
      // Also reached if the reader stops early, when nothing may continue in the background.
      this.#stop.abort();
      await this.#parts.return();
      this.#end(
        new PartnerCenterError('The upload ended early because its outcomes were not read to the end.'),
      );
    }
  }

  /** Keeps the upload running until it is read. */
  async #keepUntilRead(): Promise<void> {
    while (!this.#isRead) {
      const next = await this.#parts.next();
      if (next.done) return;
      this.#kept.push(next.value);
    }
  }

  *#outcomesOfKept(): Generator<DeviceOutcome, void, undefined> {
    for (let part = this.#kept.shift(); part; part = this.#kept.shift()) yield* this.#outcomesOf(part);
  }

  *#outcomesOf(part: FinishedPart): Generator<DeviceOutcome, void, undefined> {
    const { firstIndex, count, trackingId, isResent, details } = part;
    for (let row = 0; row < count; row++) {
      // A device that the service leaves out still gets an outcome.
      const { attributes: _, ...device } = details.devicesStatus[row] ?? unknownDevice;
      const outcome: DeviceOutcome = { ...device, index: firstIndex + row, trackingId, isResent };
      this.#tally.addOutcome(outcome);
      yield outcome;
    }
  }

  /** Runs the upload; yields its parts as they finish, in the order of the input. */
  async *#run(devices: DeviceSource): AsyncGenerator<FinishedPart, void, undefined> {
    const flights: Flight[] = [];
    try {
      yield* this.#send(devices, flights);
    } finally {
      this.#stop.abort();
      await Promise.allSettled(flights.map((flight) => flight.finished));
    }
  }

  async *#send(devices: DeviceSource, flights: Flight[]): AsyncGenerator<FinishedPart, void, undefined> {
    const { concurrency = 4, partsAhead = 32, journal = memoryJournal() } = this.#options;
    const { runtime } = this.#options.customer.transport;
    const ledger = await PartLedger.open(journal, this.#header(), runtime);
    this.#ledger = ledger;
    const sender = new PartSender(this.#options, ledger);
    const [sending, looking] = [new Slots(concurrency), new Slots(concurrency)];
    const parts = splitDevices(devices, ledger.header);
    let [partsCount, devicesCount] = [0, 0];
    try {
      for (;;) {
        // The slot is acquired before the devices are read, so that no more devices are in memory than can be sent.
        await sending.acquire(this.#signal);
        const next = await unlessAborted(parts.next(), this.#signal);
        if (next.done) break;
        partsCount += 1;
        devicesCount += next.value.count;
        this.#tally.addRead(next.value.count);
        flights.push(this.#start(next.value, { sender, sending, looking }));
        while (flights[0] && (flights[0].result || flights.length >= partsAhead)) yield takeFirst(flights);
      }
    } finally {
      // Not awaited, because a slow input must not delay the error.
      parts.return().catch(() => undefined);
    }
    this.#tally.endInput();
    ledger.checkEnd(partsCount, devicesCount);
    while (flights.length > 0) yield takeFirst(flights);
  }

  #start(part: DevicePart, { sender, sending, looking }: FlightTools): Flight {
    const accepted = sender.send(part, this.#signal).finally(() => sending.release());
    // A method of its own, so that the part's bytes are not kept until its job ends.
    const finished = accepted.then(({ isNew, ...acceptedPart }) =>
      this.#follow(acceptedPart, isNew, looking),
    );
    const flight: Flight = { finished };
    finished.then(
      (result) => (flight.result = result),
      // The first failure ends all; the others then fail with the same reason.
      (error: unknown) => this.#stop.abort(error),
    );
    return flight;
  }

  async #follow(part: AcceptedPart, isNew: boolean, looking: Slots): Promise<FinishedPart> {
    this.#tally.addAccepted(part.count);
    const { customer, timeoutMs = 24 * 3_600_000 } = this.#options;
    const { runtime } = customer.transport;
    const status = new BatchUploadStatusCollection(customer).byId(part.trackingId);
    const look = async (lookSignal: AbortSignal) => {
      await looking.acquire(lookSignal);
      return status.get({ signal: lookSignal }).finally(() => looking.release());
    };
    const onProgress = (details: BatchUploadDetails) => this.#tally.setRunning(part.trackingId, details);
    const intervals = { intervalMs: lookIntervalMs, intervalMsMax: 5000 };
    try {
      if (isNew) await runtime.sleep(lookIntervalMs, this.#signal);
      const watched = { look, isFinished: isJobFinished, runtime };
      const details = await waitFor(watched, { signal: this.#signal, timeoutMs, onProgress, ...intervals });
      this.#tally.endJob(part.trackingId, details);
      return { ...part, details };
    } catch (error) {
      throw error instanceof NotFoundError ? new UploadPartError(part, error) : error;
    }
  }

  #header(): JournalHeader {
    const { customer, customerId, batchId, devicesPerCall = 1000, bytesPerCall = 1_000_000 } = this.#options;
    const { baseUrl } = customer.transport;
    return {
      journal: 'device-upload',
      version: 1,
      baseUrl,
      customerId,
      batchId,
      devicesPerCall,
      bytesPerCall,
    };
  }
}

interface FlightTools {
  readonly sender: PartSender;
  readonly sending: Slots;
  readonly looking: Slots;
}

const unknownDevice = { status: 'unknown', attributes: undefined } as const;

async function takeFirst(flights: Flight[]): Promise<FinishedPart> {
  const [first] = flights;
  if (!first) throw new Error('No part is under way.');
  const part = await first.finished;
  flights.shift();
  return part;
}
