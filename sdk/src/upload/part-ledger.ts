import type { Runtime } from '../runtime.ts';
import type { DevicePart } from './split-devices.ts';
import {
  readJournal,
  UploadJournalError,
  type JournalHeader,
  type PartRecord,
  type UploadJournal,
} from './upload-journal.ts';

/** The service repeats its response for 24 hours; half an hour is left for clock differences and the call itself. */
const replayMs = 23.5 * 3_600_000;

/** Devices that the service has accepted in one call: consecutive devices of the input. */
export interface AcceptedPart {
  /** The position of the first device in the input, from 0. */
  readonly firstIndex: number;
  readonly count: number;
  /** The job that registers them. */
  readonly trackingId: string;
  /** See `onResend`. */
  readonly isResent: boolean;
}

/** Keeps track of what was done for each part, and records each step in the journal before it is taken. */
export class PartLedger {
  readonly header: JournalHeader;
  readonly #journal: UploadJournal;
  readonly #runtime: Runtime;
  readonly #parts: Map<number, PartRecord>;
  #isBatchKnown: boolean;
  #prepared: Promise<unknown> = Promise.resolve();
  #appended: Promise<void> = Promise.resolve();

  private constructor(open: OpenedJournal, journal: UploadJournal, runtime: Runtime) {
    this.header = open.header;
    this.#parts = open.parts;
    this.#isBatchKnown = open.isBatchKnown;
    this.#journal = journal;
    this.#runtime = runtime;
  }

  /** Throws an `UploadJournalError` if the journal belongs to another upload. */
  static async open(journal: UploadJournal, wanted: JournalHeader, runtime: Runtime): Promise<PartLedger> {
    const text = (await journal.read()) ?? '';
    const record = readJournal(text);
    // No part of it is registered or uncertain, so there is nothing to continue.
    const isBlank = [...record.parts.values()].every((part) => part.isRejected);
    if (record.header && !isBlank) {
      checkSameUpload(record.header, wanted);
      if (!text.endsWith('\n')) await journal.append('\n');
      const opened = { ...record, header: record.header, parts: new Map(record.parts) };
      return new PartLedger(opened, journal, runtime);
    }
    const lineEnd = text === '' || text.endsWith('\n') ? '' : '\n';
    await journal.append(`${lineEnd}${JSON.stringify(wanted)}\n`);
    return new PartLedger({ header: wanted, parts: new Map(), isBatchKnown: false }, journal, runtime);
  }

  /** Whether the batch certainly exists. */
  get isBatchKnown(): boolean {
    return this.#isBatchKnown || [...this.#parts.values()].some((part) => part.trackingId !== undefined);
  }

  /** The parts accepted so far, also in earlier runs, in the order of the input. */
  get accepted(): AcceptedPart[] {
    const accepted: AcceptedPart[] = [];
    let firstIndex = 0;
    for (const { count, trackingId, isResent = false } of this.#parts.values()) {
      if (trackingId !== undefined) accepted.push({ firstIndex, count, trackingId, isResent });
      firstIndex += count;
    }
    return accepted;
  }

  /**
   * Returns the part's record, which is stored before this resolves, so that the part can be sent with its IDs. Parts are recorded in
   * the order of the calls. Throws an `UploadJournalError` if the journal has other devices at this position.
   */
  prepare(part: DevicePart): Promise<PartRecord> {
    const prepared = this.#prepared.then(() => this.#prepareNext(part));
    this.#prepared = prepared.catch(() => undefined);
    return prepared;
  }

  async #prepareNext(part: DevicePart): Promise<PartRecord> {
    const digest = await digestOf(part.json);
    const known = this.#parts.get(part.index);
    if (known && !known.isRejected) {
      if (known.digest !== digest) throw inputDiffers(part.firstIndex, part.count);
      if (known.trackingId !== undefined || !this.#isExpired(known)) return known;
    }
    const record: PartRecord = {
      part: part.index,
      count: part.count,
      digest,
      requestId: crypto.randomUUID(),
      ...(part.index === 0 ? { createRequestId: crypto.randomUUID() } : {}),
      preparedAt: new Date(this.#runtime.now()).toISOString(),
      ...(known && !known.isRejected ? { isResent: true } : {}),
    };
    await this.#note(part.index, record);
    return record;
  }

  /** The record before the last `prepare`; undefined for a part that is not in the journal. */
  find(index: number): PartRecord | undefined {
    return this.#parts.get(index);
  }

  /** The call was accepted: from now on the job is polled, and the part is never sent again. */
  async accept(index: number, trackingId: string): Promise<void> {
    await this.#note(index, { part: index, trackingId });
  }

  /** The call was refused as a whole. */
  async reject(index: number): Promise<void> {
    await this.#note(index, { part: index, isRejected: true });
  }

  /** The service refused to create the batch because it exists. */
  async noteBatchExists(): Promise<void> {
    this.#isBatchKnown = true;
    await this.#append({ isBatchKnown: true });
  }

  /** Throws an `UploadJournalError` if the journal has more parts than the input. */
  checkEnd(partsCount: number, devicesCount: number): void {
    for (const { part, count, isRejected } of this.#parts.values())
      if (part >= partsCount && !isRejected) throw inputDiffers(devicesCount, count);
  }

  #isExpired(record: PartRecord): boolean {
    return !(this.#runtime.now() - Date.parse(record.preparedAt) < replayMs);
  }

  async #note(index: number, change: Partial<PartRecord>): Promise<void> {
    const known = 'digest' in change ? undefined : this.#parts.get(index);
    this.#parts.set(index, { ...known, ...change } as PartRecord);
    await this.#append(change);
  }

  /** Appends one line after another, in the order of the calls. */
  #append(line: object): Promise<void> {
    const appended = this.#appended.then(() => this.#journal.append(`${JSON.stringify(line)}\n`));
    this.#appended = appended.catch(() => undefined);
    return appended;
  }
}

interface OpenedJournal {
  readonly header: JournalHeader;
  readonly parts: Map<number, PartRecord>;
  readonly isBatchKnown: boolean;
}

function checkSameUpload(found: JournalHeader, wanted: JournalHeader): void {
  for (const key of ['baseUrl', 'customerId', 'batchId'] as const) {
    if (found[key].toLowerCase() === wanted[key].toLowerCase()) continue;
    const message = `The journal belongs to another upload: its ${key} is "${found[key]}", not "${wanted[key]}".`;
    throw new UploadJournalError('other-upload', message);
  }
}

function inputDiffers(firstIndex: number, count: number): UploadJournalError {
  const places = `${firstIndex + 1} to ${firstIndex + count}`;
  const message = `Devices ${places} differ from those recorded in the journal. Give the same input as before, or start a new upload without this journal.`;
  return new UploadJournalError('input-differs', message);
}

async function digestOf(json: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', json));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
