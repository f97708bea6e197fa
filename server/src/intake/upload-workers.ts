import { getCompileCacheDir } from 'node:module';
import { Worker, type ResourceLimits } from 'node:worker_threads';
import { RequestError } from '../http/request-error.ts';
import { sharedDeviceIds } from '../registry/devices/new-device-ids.ts';
import { RegistryError } from '../registry/registry-error.ts';
import { phraseOf } from '../texts/phrase-of.ts';
import type { ParseOptions, ParseResult, ParseTask, UploadBody, WorkerStart } from './parse-task.ts';

/** How many threads, what they run, and what bounds them. */
export interface WorkerOptions {
  readonly threadsMax: number;
  /** The largest body: the memory of a thread follows from it. */
  readonly bytesMax: number;
  /** What a thread runs: it ends in `serveTasks` with the parser of an API. */
  readonly script: URL;
}

interface PendingTask {
  readonly message: ParseTask;
  readonly resolve: (body: UploadBody) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Threads that parse the bodies of uploads. They are started when bodies come that no idle thread can take. A thread that
 * dies fails the body it was parsing and no other; the next body starts a new one.
 */
export class UploadWorkers {
  readonly #options: WorkerOptions;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, PendingTask>();
  readonly #waiting: PendingTask[] = [];
  #isClosed = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Parses a body on a thread; takes its memory away. Throws what the parser throws, or `unavailable` when closed. */
  parse(body: Buffer, options: ParseOptions): Promise<UploadBody> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(unavailable());
      this.#waiting.push({ message: { body: ownMemory(body), options }, resolve, reject });
      this.#next();
    });
  }

  /** Stops all threads. Bodies that are not parsed by then are refused. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(unavailable());
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((worker) => worker.terminate()));
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    const worker =
      this.#idle.pop() ?? (this.#busy.size < this.#options.threadsMax ? this.#start() : undefined);
    const task = worker && this.#waiting.shift();
    if (!worker || !task) return;
    this.#busy.set(worker, task);
    worker.ref();
    worker.postMessage(task.message, [task.message.body.buffer]);
  }

  #start(): Worker {
    const start: WorkerStart = { compileCache: getCompileCacheDir(), deviceIds: sharedDeviceIds() };
    const { script, bytesMax } = this.#options;
    const worker = new Worker(script, { workerData: start, resourceLimits: limitsFor(bytesMax) });
    let reason: Error | undefined;
    worker.on('message', (result: ParseResult) => {
      settle(this.#taskOf(worker), result);
      // An idle thread keeps no process alive.
      worker.unref();
      this.#idle.push(worker);
      this.#next();
    });
    worker.on('error', (error: Error) => (reason = error));
    worker.on('exit', () => {
      const at = this.#idle.indexOf(worker);
      if (at !== -1) this.#idle.splice(at, 1);
      this.#taskOf(worker)?.reject(this.#isClosed ? unavailable() : explainDeath(reason));
      this.#next();
    });
    return worker;
  }

  /** What the thread was parsing, which is no longer pending. */
  #taskOf(worker: Worker): PendingTask | undefined {
    const task = this.#busy.get(worker);
    this.#busy.delete(worker);
    return task;
  }
}

/** Small buffers share a piece of memory, which cannot move. */
function ownMemory(body: Buffer): Uint8Array<ArrayBuffer> {
  const { buffer } = body;
  const canMove = buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize;
  return canMove ? new Uint8Array(buffer, body.byteOffset, body.length) : new Uint8Array(body);
}

/** A body becomes text, values, hash bytes and texts again; the text may take two bytes a character. */
function limitsFor(bytesMax: number): ResourceLimits {
  return {
    // Little of an upload lives long: more would only be garbage that waits.
    maxYoungGenerationSizeMb: 12,
    maxOldGenerationSizeMb: 64 + Math.ceil((bytesMax * 8) / 1_048_576),
  };
}

function settle(task: PendingTask | undefined, result: ParseResult): void {
  if (!task) return;
  if (result.kind === 'request-error') return task.reject(new RequestError(result.problem));
  if (result.kind === 'refusal') return task.reject(new RegistryError(result.refusal));
  if (result.kind === 'error') return task.reject(result.error);
  const { hashes } = result.body.upload;
  // A Buffer arrives as plain bytes.
  const bytes = Buffer.from(hashes.bytes.buffer, hashes.bytes.byteOffset, hashes.bytes.length);
  task.resolve({ ...result.body, upload: { ...result.body.upload, hashes: { ...hashes, bytes } } });
}

function unavailable(): RequestError {
  return new RequestError({ kind: 'unavailable' });
}

/** A body that takes more memory than any proper one is the sender's fault: a repeat would fare no better. */
function explainDeath(reason: Error | undefined): Error {
  if ((reason as NodeJS.ErrnoException | undefined)?.code !== 'ERR_WORKER_OUT_OF_MEMORY')
    return new Error('A thread that parsed an upload ended.', { cause: reason });
  return new RequestError({ kind: 'malformed-body', problem: phraseOf('tooMuchMemory') }, reason);
}
