import type { Finding } from '@muster/device-files/check-row';
import type { DeviceMember, ReadNotice } from '@muster/device-files/device-row';
import type { MessageValues } from '@muster/device-files/file-error';
import type { AccessToken, DeviceOutcome, UploadProgress, UploadTotals } from '@muster/sdk';
import type { Locale } from '@muster/contract/locale';

/** A row as the preview shows it. Its hardware hash stays in the worker. */
export interface PreviewRow {
  readonly index: number;
  readonly file: string;
  readonly line: number;
  readonly serialNumber: string;
  readonly productKey: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly hasHash: boolean;
  readonly findings: readonly Finding[];
}

/** How files are to be read. */
export interface ReadingOptions {
  /** What columns hold whose names no table knows: the folded name of the column, and the member. */
  readonly columns: readonly (readonly [string, DeviceMember])[];
  readonly isHashTrusted: boolean;
}

/** What is known of all files before anything is sent. */
export interface Survey {
  readonly devices: number;
  readonly errors: number;
  readonly warnings: number;
  /** Rows that cannot be sent: then nothing is. */
  readonly refused: number;
  /** How many rows each kind of finding stops the upload for. */
  readonly stops: readonly (readonly [string, number])[];
  readonly notices: readonly ReadNotice[];
}

/** A file that cannot be read as a whole. */
export interface UnreadableFile {
  readonly key: string;
  readonly values: MessageValues;
  /** The names in its header, as far as they can be told. */
  readonly header: readonly string[];
}

/** A device that was not registered. */
export interface FailedRow {
  readonly row: PreviewRow;
  readonly outcome: Pick<DeviceOutcome, 'status' | 'errorCode' | 'errorDescription'>;
}

/** Where and how to register what was read. */
export interface Registration {
  readonly baseUrl: string;
  readonly customerId: string;
  readonly batchId: string;
  readonly policyId: string | undefined;
  readonly locale: Locale;
}

/** A part of the upload that the service has accepted. */
export interface AcceptedJobPart {
  readonly trackingId: string;
  readonly firstIndex: number;
  readonly count: number;
}

export type ToWorker =
  | { readonly kind: 'read'; readonly files: readonly File[]; readonly options: ReadingOptions }
  | { readonly kind: 'register'; readonly registration: Registration }
  | { readonly kind: 'token'; readonly token: AccessToken | null }
  | { readonly kind: 'report'; readonly locale: Locale }
  | { readonly kind: 'stop' };

export type FromWorker =
  | { readonly kind: 'rows'; readonly rows: readonly PreviewRow[] }
  | { readonly kind: 'surveyed'; readonly survey: Survey }
  | { readonly kind: 'unreadable'; readonly file: UnreadableFile }
  | { readonly kind: 'token-wanted' }
  | {
      readonly kind: 'progress';
      readonly progress: UploadProgress;
      readonly parts: readonly AcceptedJobPart[];
    }
  | { readonly kind: 'failed'; readonly rows: readonly FailedRow[] }
  | { readonly kind: 'registered'; readonly totals: UploadTotals; readonly parts: readonly AcceptedJobPart[] }
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'report'; readonly csv: string; readonly rows: number };
