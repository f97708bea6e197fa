import type { RequestProblem } from '../http/request-error.ts';
import type { DeviceList, ParsedUpload } from '../registry/devices/parse-devices.ts';
import type { Refusal } from '../registry/registry-error.ts';

/** What parsing takes beside the body: plain values, so that they reach a thread unchanged. */
export interface ParseOptions extends Pick<DeviceList, 'devicesPerCall' | 'now'> {
  /** Which of the API's operations the body is for. */
  readonly operation: string;
}

/** The body of an upload, read, checked and parsed. */
export interface UploadBody {
  /** Absent where the path names the batch. */
  readonly batchId: string | undefined;
  readonly upload: ParsedUpload;
  /** Tells two bodies apart. */
  readonly digest: string;
}

/**
 * Parses the body of an upload of one API: bytes in, what the store takes out. The body's memory is used again, for the
 * hash bytes: nothing else may need it. Throws RequestError and RegistryError.
 */
export type ParseBody = (body: Buffer, options: ParseOptions) => UploadBody;

/** What a worker thread is started with. */
export interface WorkerStart {
  /** Where compiled code is kept; undefined: nowhere. */
  readonly compileCache: string | undefined;
  /** See `shareDeviceIds`. */
  readonly deviceIds: BigInt64Array<SharedArrayBuffer>;
}

/** A body for a worker to parse. Its memory moves there: it cannot be used on the sender's side any more. */
export interface ParseTask {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly options: ParseOptions;
}

/** What came of it. Classes do not cross threads, so errors are taken apart. */
export type ParseResult =
  | { readonly kind: 'parsed'; readonly body: UploadBody }
  | { readonly kind: 'request-error'; readonly problem: RequestProblem }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  | { readonly kind: 'error'; readonly error: Error };
