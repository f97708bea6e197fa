import type { DeviceUploadDetails } from '../generated/wire-types.ts';
import type { UploadJournal } from './upload-journal.ts';

/** How to upload. */
export interface UploadOptions {
  /** The batch that gets the devices; it is created when it does not exist. */
  readonly batchId: string;
  /**
   * Where the upload notes what it does. Kept (in a file, say), it lets the same upload go on after the program ended.
   * Default: in memory, for this run only.
   */
  readonly journal?: UploadJournal | undefined;
  /** Calls in flight at a time. Default: 4. */
  readonly concurrency?: number | undefined;
  /** Default: 1,000, the most Partner Center takes. A journal's own number wins. */
  readonly devicesPerCall?: number | undefined;
  /**
   * The longest body of a call: about 250 devices with their hashes by default, 1,000,000. Smaller calls need less
   * memory and lose less on a bad line; a journal's own number wins.
   */
  readonly bytesPerCall?: number | undefined;
  /** Parts that are sent but not finished, at most: their outcomes are kept in memory. Default: 32. */
  readonly partsAhead?: number | undefined;
  /** Ends the upload; its reason is thrown. Jobs that run on the server run on. */
  readonly signal?: AbortSignal | undefined;
  /** For each part, from its acceptance to its end; then a `WaitTimeoutError`. Default: 24 hours. */
  readonly timeoutMs?: number | undefined;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
  /**
   * Told of each part that must be sent anew because it may have been sent more than 24 hours ago without an answer:
   * devices that this first try registered come out as "already assigned", with `isResent`.
   */
  readonly onResend?: ((part: ResentPart) => void) | undefined;
}

/** How far an upload is, in devices. */
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

/** A part that is sent anew. */
export interface ResentPart {
  readonly firstIndex: number;
  readonly count: number;
  /** When it was sent first, perhaps. ISO 8601. */
  readonly preparedAt: string;
}

/** What became of one device of an upload. */
export interface DeviceOutcome extends Omit<DeviceUploadDetails, 'attributes'> {
  /** The device's place in the input, from 0. */
  readonly index: number;
  /** The job that tells. */
  readonly trackingId: string;
  /** See `onResend`. */
  readonly isResent: boolean;
}

/** What became of all devices of an upload. */
export interface UploadTotals {
  readonly devices: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Of the failed: "already assigned" in a part that was sent anew, so perhaps by this very upload. */
  readonly uncertain: number;
  /** By symbolic name of the failure; `finished` for the succeeded. */
  readonly byOutcome: Readonly<Record<string, number>>;
}
