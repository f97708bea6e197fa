import { PartnerCenterError } from '../errors.ts';

/**
 * Where an upload records its progress, as lines of text that contain digests and IDs, but never a hardware hash or a secret.
 * Only one upload at a time may use a journal; the SDK does not check this.
 */
export interface UploadJournal {
  /** Everything appended so far; undefined or empty if nothing was. */
  read(): Promise<string | undefined>;
  /** Appends text. Resolves when it is safely stored. A call is sent only after its record is stored. */
  append(text: string): Promise<void>;
}

/** A journal in memory. */
export function memoryJournal(text = ''): UploadJournal {
  let kept = text;
  return {
    read: () => Promise.resolve(kept),
    append: (added) => {
      kept += added;
      return Promise.resolve();
    },
  };
}

/** Why a journal cannot be used. */
export type JournalFault = 'not-a-journal' | 'other-upload' | 'input-differs';

/** The journal does not belong to this upload. Nothing was sent because of it. */
export class UploadJournalError extends PartnerCenterError {
  override name = 'UploadJournalError';
  readonly fault: JournalFault;

  constructor(fault: JournalFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** The first line of a journal: the upload it belongs to. */
export interface JournalHeader {
  readonly journal: 'device-upload';
  readonly version: 1;
  readonly baseUrl: string;
  readonly customerId: string;
  readonly batchId: string;
  readonly devicesPerCall: number;
  readonly bytesPerCall: number;
}

/** What a journal records about one part. */
export interface PartRecord {
  readonly part: number;
  readonly count: number;
  /** SHA-256 of the part's JSON. */
  readonly digest: string;
  /** The MS-RequestId under which the devices are added to the batch. */
  readonly requestId: string;
  /** The MS-RequestId under which the batch is created with these devices; only the first part has one. */
  readonly createRequestId?: string;
  /** From this time on the part may have been sent. ISO 8601. */
  readonly preparedAt: string;
  readonly isResent?: true;
  readonly trackingId?: string;
  /** The service refused the call as a whole: nothing of the part is registered. */
  readonly isRejected?: true;
}

/** Everything a journal records. */
export interface JournalContent {
  readonly header: JournalHeader | undefined;
  readonly parts: ReadonlyMap<number, PartRecord>;
  readonly isBatchKnown: boolean;
}

/**
 * Reads a journal. A line that was cut off when the program ended is skipped: its step was not taken yet, or can be repeated. A
 * later header starts a new journal.
 */
export function readJournal(text: string): JournalContent {
  let header: JournalHeader | undefined;
  let isBatchKnown = false;
  const parts = new Map<number, PartRecord>();
  for (const line of text.split('\n')) {
    const record = parseLine(line);
    if (!record) continue;
    if (isHeader(record)) {
      header = record;
      isBatchKnown = false;
      parts.clear();
    } else if (header && typeof record.part === 'number') {
      const known = 'digest' in record ? undefined : parts.get(record.part);
      parts.set(record.part, { ...known, ...record } as PartRecord);
    } else if (record.isBatchKnown === true) {
      isBatchKnown = true;
    }
  }
  if (!header && text.trim() !== '' && !isCutHeader(text)) {
    const message = 'This is not the journal of an upload. Choose another file for it.';
    throw new UploadJournalError('not-a-journal', message);
  }
  return { header, parts, isBatchKnown };
}

/** The first write was cut off: the upload had not started. */
function isCutHeader(text: string): boolean {
  const start = '{"journal":"device-upload",';
  return text.slice(0, start.length) === start.slice(0, text.length) && !text.includes('\n');
}

function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isHeader(record: object): record is JournalHeader {
  return (
    'journal' in record && record.journal === 'device-upload' && 'version' in record && record.version === 1
  );
}
