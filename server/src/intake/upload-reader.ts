import { largeBodyBytes } from '../http/request-body.ts';
import { keepYoungGenerationDuringUploads } from './young-generation.ts';
import { readUpload, type ReadUpload, type UploadOrder } from './parse-upload.ts';
import { UploadThreads } from './upload-workers.ts';

/** Reads the bodies of uploads: small ones here and now, large ones on threads. */
export interface UploadReader {
  /** Takes the body's memory away. Throws as `readUpload` does; ServiceUnavailable when it was closed. */
  read(body: Buffer, order: UploadOrder): ReadUpload | Promise<ReadUpload>;
  close(): Promise<void>;
}

/** What bounds the reading of uploads. */
export interface UploadReaderOptions {
  /** How many threads there may be; 0: all is read on the main thread. */
  readonly threadsMax: number;
  /** The largest body. */
  readonly bytesMax: number;
}

/** Starts nothing: threads start when the first large body comes. */
export function createUploadReader({ threadsMax, bytesMax }: UploadReaderOptions): UploadReader {
  const threads = new UploadThreads({ threadsMax, bytesMax });
  return {
    read: (body, order) => {
      if (body.length <= largeBodyBytes) return readUpload(body, order);
      keepYoungGenerationDuringUploads();
      return threadsMax > 0 ? threads.read(body, order) : readUpload(body, order);
    },
    close: () => threads.close(),
  };
}
