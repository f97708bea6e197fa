import { PartnerCenterError } from '../errors.ts';

/**
 * Where an upload notes what it does, as lines of text. It holds digests and ids, never a hardware hash or a secret.
 * One upload at a time may use a journal: the keeper sees to that.
 */
export interface UploadJournal {
  /** Everything appended so far; undefined or empty when nothing was. */
  read(): Promise<string | undefined>;
  /** Adds text at the end. Resolves when it is safe: what was appended is on record before the call it tells of is sent. */
  append(text: string): Promise<void>;
}

/** A journal that lasts as long as the object. */
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

/** The journal does not fit this upload. Nothing was sent because of it. */
export class UploadJournalError extends PartnerCenterError {
  override name = 'UploadJournalError';
  readonly fault: JournalFault;

  constructor(fault: JournalFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
