import { largeBodyBytes } from '../http/request-body.ts';
import type { ParseBody, ParseOptions, UploadBody } from './parse-task.ts';
import { UploadWorkers, type WorkerOptions } from './upload-workers.ts';

/** Parses the bodies of uploads: small ones here and now, large ones on worker threads. */
export interface UploadReader {
  /** Takes the body's memory away. Throws what the parser throws, and `unavailable` when it was closed. */
  read(body: Buffer, options: ParseOptions): UploadBody | Promise<UploadBody>;
  close(): Promise<void>;
}

/** How an API's uploads are parsed, and what bounds that. `threadsMax` 0: all is parsed on the main thread. */
export interface UploadReaderOptions extends WorkerOptions {
  readonly parse: ParseBody;
}

/** Starts nothing: threads start when the first large body comes. */
export function createUploadReader({ parse, ...options }: UploadReaderOptions): UploadReader {
  const workers = new UploadWorkers(options);
  return {
    read: (body, parseOptions) => {
      if (body.length <= largeBodyBytes) return parse(body, parseOptions);
      return options.threadsMax > 0 ? workers.parse(body, parseOptions) : parse(body, parseOptions);
    },
    close: () => workers.close(),
  };
}
