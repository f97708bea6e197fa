import type { FaultName, FaultValues } from '@muster/contract';
import type { Refusal } from '../registry/registry-error.ts';
import type { ReadUpload, UploadOrder } from './parse-upload.ts';

/** What a thread is started with. */
export interface ThreadStart {
  /** Where compiled code is kept; undefined: nowhere. */
  readonly compileCache: string | undefined;
  /** See `shareDeviceIds`. */
  readonly deviceIds: BigInt64Array<SharedArrayBuffer>;
}

/** A body for a thread to read. Its memory moves there: it cannot be used on the sender's side any more. */
export interface ThreadOrder {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly order: UploadOrder;
}

/** What came of it. Classes do not cross threads, so faults and errors are taken apart. */
export type ThreadAnswer =
  | { readonly kind: 'read'; readonly read: ReadUpload }
  | { readonly kind: 'fault'; readonly fault: FaultName; readonly values: FaultValues }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  | { readonly kind: 'error'; readonly error: Error };
