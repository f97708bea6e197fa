import { NotFoundError, PartnerCenterError } from '../errors.ts';
import { waitFor } from '../polling.ts';
import { BatchUploadStatusOperations, isJobFinished } from '../resources/batch-upload-status.ts';
import { unlessAborted } from '../unless-aborted.ts';
import type { BatchUploadDetails } from '../generated/wire-types.ts';
import { PartLedger } from './part-ledger.ts';
import { PartSender, UploadPartError, type AcceptedPart, type UploadTarget } from './part-sender.ts';
import { Slots } from './slots.ts';
import { splitDevices, type DevicePart, type DeviceSource } from './split-devices.ts';
import { memoryJournal } from './upload-journal.ts';
import type { DeviceOutcome, UploadOptions, UploadTotals } from './upload-options.ts';
import { UploadTally } from './upload-tally.ts';

/** Before the first look at a job and, growing, between two. */
const lookIntervalMs = 250;

interface FinishedPart extends AcceptedPart {
  readonly details: BatchUploadDetails;
}

/** A part under way; `result` is there once it is finished. */
interface Flight {
  readonly finished: Promise<FinishedPart>;
  result?: FinishedPart;
}

/**
 * An upload of any number of devices. Reading it, once, is what runs it: `for await (const outcome of upload)` gives
 * one outcome for each device, in the order of the input; `finish()` reads to the end and gives the totals.
 * Throws what a call throws, an `UploadPartError`, an `UploadJournalError`, what the input throws, or the signal's
 * reason; the same upload with the same journal then goes on where it stopped.
 */
export class DeviceUpload implements AsyncIterable<DeviceOutcome> {
  readonly #devices: DeviceSource;
  readonly #options: UploadOptions & UploadTarget;
  readonly #tally: UploadTally;
  #isStarted = false;

  constructor(devices: DeviceSource, options: UploadOptions & UploadTarget) {
    this.#devices = devices;
    this.#options = options;
    this.#tally = new UploadTally(options.onProgress);
  }

  /** Of the outcomes handed out so far. */
  get totals(): UploadTotals {
    return this.#tally.totals;
  }

  /** Runs the upload to its end, without keeping the outcomes. */
  async finish(): Promise<UploadTotals> {
    const outcomes = this[Symbol.asyncIterator]();
    while (!(await outcomes.next()).done);
    return this.totals;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<DeviceOutcome, void, undefined> {
    if (this.#isStarted) throw new PartnerCenterError('An upload can be read only once. Make a new one.');
    this.#isStarted = true;
    const stop = new AbortController();
    const { signal: outer } = this.#options;
    const signal = outer ? AbortSignal.any([outer, stop.signal]) : stop.signal;
    const flights: Flight[] = [];
    try {
      yield* this.#run(flights, { signal, stop });
    } finally {
      // Reached early when the reader stops or something failed: nothing may go on behind its back.
      stop.abort();
      await Promise.allSettled(flights.map((flight) => flight.finished));
    }
  }

  async *#run(flights: Flight[], control: Control): AsyncGenerator<DeviceOutcome, void, undefined> {
    const { signal } = control;
    const { concurrency = 4, partsAhead = 32, journal = memoryJournal() } = this.#options;
    const ledger = await PartLedger.open(journal, this.#header(), this.#options.transport.runtime);
    const sender = new PartSender(this.#options, ledger, this.#options.onResend);
    const [sending, looking] = [new Slots(concurrency), new Slots(concurrency)];
    const parts = splitDevices(this.#devices, ledger.header);
    let [partsCount, devicesCount] = [0, 0];
    try {
      for (;;) {
        // A slot first, then the devices: no more of them are in memory than can be sent.
        await sending.acquire(signal);
        const next = await unlessAborted(parts.next(), signal);
        if (next.done) break;
        partsCount += 1;
        devicesCount += next.value.count;
        this.#tally.addRead(next.value.count);
        flights.push(this.#start(next.value, { sender, sending, looking, ...control }));
        while (flights[0] && (flights[0].result || flights.length >= partsAhead))
          yield* this.#takeFirst(flights);
      }
    } finally {
      // Not awaited: an input that is slow must not hold up the error.
      parts.return().catch(() => undefined);
    }
    this.#tally.endInput();
    ledger.checkEnd(partsCount, devicesCount);
    while (flights.length > 0) yield* this.#takeFirst(flights);
  }

  #start(part: DevicePart, tools: FlightTools): Flight {
    const { sender, sending, signal, stop } = tools;
    const accepted = sender.send(part, signal).finally(() => sending.release());
    // A function of its own, so that the part's bytes are not kept until its job ends.
    const finished = accepted.then((acceptedPart) => this.#follow(acceptedPart, tools));
    const flight: Flight = { finished };
    finished.then(
      (result) => (flight.result = result),
      // The first failure ends all; the others then fail with the same reason.
      (error: unknown) => stop.abort(error),
    );
    return flight;
  }

  async #follow(part: AcceptedPart, { looking, signal }: FlightTools): Promise<FinishedPart> {
    this.#tally.addAccepted(part.count);
    const { transport, customerId, timeoutMs = 24 * 3_600_000 } = this.#options;
    const status = new BatchUploadStatusOperations(transport, customerId, part.trackingId);
    const look = async (lookSignal: AbortSignal) => {
      await looking.acquire(lookSignal);
      return status.get({ signal: lookSignal }).finally(() => looking.release());
    };
    const onProgress = (details: BatchUploadDetails) => this.#tally.setRunning(part.trackingId, details);
    try {
      if (part.isNew) await transport.runtime.sleep(lookIntervalMs, signal);
      const watched = { look, isFinished: isJobFinished, runtime: transport.runtime };
      const wait = { signal, timeoutMs, onProgress, intervalMs: lookIntervalMs, intervalMsMax: 5000 };
      const details = await waitFor(watched, wait);
      this.#tally.endJob(part.trackingId, details);
      return { ...part, details };
    } catch (error) {
      throw error instanceof NotFoundError ? new UploadPartError(part, error) : error;
    }
  }

  async *#takeFirst(flights: Flight[]): AsyncGenerator<DeviceOutcome, void, undefined> {
    const first = flights[0];
    if (!first) return;
    const { firstIndex, count, trackingId, isResent, details } = await first.finished;
    flights.shift();
    for (let row = 0; row < count; row++) {
      // A service that leaves devices out does not make them vanish here.
      const { attributes: _, ...device } = details.devicesStatus[row] ?? {
        status: 'unknown',
        attributes: {},
      };
      const outcome: DeviceOutcome = { ...device, index: firstIndex + row, trackingId, isResent };
      this.#tally.addOutcome(outcome);
      yield outcome;
    }
  }

  #header() {
    const { transport, customerId, batchId, devicesPerCall = 1000, bytesPerCall = 1_000_000 } = this.#options;
    const { baseUrl } = transport;
    const kind = { journal: 'device-upload', version: 1 } as const;
    return { ...kind, baseUrl, customerId, batchId, devicesPerCall, bytesPerCall };
  }
}

interface Control {
  readonly signal: AbortSignal;
  readonly stop: AbortController;
}

interface FlightTools extends Control {
  readonly sender: PartSender;
  readonly sending: Slots;
  readonly looking: Slots;
}
