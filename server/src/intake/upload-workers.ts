import { getCompileCacheDir } from 'node:module';
import { Worker, type ResourceLimits } from 'node:worker_threads';
import { phrase, WireError } from '@muster/contract';
import { sharedDeviceIds } from '../registry/devices/new-device-ids.ts';
import { RegistryError } from '../registry/registry-error.ts';
import type { ReadUpload, UploadOrder } from './parse-upload.ts';
import type { ThreadAnswer, ThreadOrder, ThreadStart } from './thread-messages.ts';

/** How many threads, and what bounds them. */
export interface ThreadOptions {
  readonly threadsMax: number;
  /** The largest body: the memory of a thread follows from it. */
  readonly bytesMax: number;
  /** What a thread runs. Default: `upload-thread.ts`. */
  readonly script?: URL;
}

interface Task {
  readonly message: ThreadOrder;
  readonly resolve: (read: ReadUpload) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Threads that read the bodies of uploads. They are started when bodies come that no idle thread can take. A thread that
 * dies fails the body it was at and no other; the next body starts a new one.
 */
export class UploadThreads {
  readonly #options: ThreadOptions;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Task>();
  readonly #waiting: Task[] = [];
  #isClosed = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /** Reads a body on a thread, as `readUpload` does; takes its memory away. */
  read(body: Buffer, order: UploadOrder): Promise<ReadUpload> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new WireError('ServiceUnavailable'));
      this.#waiting.push({ message: { body: ownMemory(body), order }, resolve, reject });
      this.#next();
    });
  }

  /** Stops all threads. Bodies that are not read by then are answered 503. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(new WireError('ServiceUnavailable'));
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
    const start: ThreadStart = { compileCache: getCompileCacheDir(), deviceIds: sharedDeviceIds() };
    const { script = ownScript, bytesMax } = this.#options;
    const worker = new Worker(script, { workerData: start, resourceLimits: limitsFor(bytesMax) });
    let reason: Error | undefined;
    worker.on('message', (answer: ThreadAnswer) => {
      settle(this.#taskOf(worker), answer);
      // An idle thread keeps no process alive.
      worker.unref();
      this.#idle.push(worker);
      this.#next();
    });
    worker.on('error', (error: Error) => (reason = error));
    worker.on('exit', () => {
      const at = this.#idle.indexOf(worker);
      if (at !== -1) this.#idle.splice(at, 1);
      this.#taskOf(worker)?.reject(
        this.#isClosed ? new WireError('ServiceUnavailable') : explainDeath(reason),
      );
      this.#next();
    });
    return worker;
  }

  /** What the thread was at; it is at it no more. */
  #taskOf(worker: Worker): Task | undefined {
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

const ownScript = new URL('./upload-thread.ts', import.meta.url);

/** A body becomes text, values, hash bytes and texts again; the text may take two bytes a character. */
function limitsFor(bytesMax: number): ResourceLimits {
  return {
    // Little of an upload lives long: more would only be garbage that waits.
    maxYoungGenerationSizeMb: 12,
    maxOldGenerationSizeMb: 64 + Math.ceil((bytesMax * 8) / 1_048_576),
  };
}

function settle(task: Task | undefined, answer: ThreadAnswer): void {
  if (!task) return;
  if (answer.kind === 'fault') return task.reject(new WireError(answer.fault, answer.values));
  if (answer.kind === 'refusal') return task.reject(new RegistryError(answer.refusal));
  if (answer.kind === 'error') return task.reject(answer.error);
  const { hashes } = answer.read.upload;
  // A Buffer arrives as plain bytes.
  const bytes = Buffer.from(hashes.bytes.buffer, hashes.bytes.byteOffset, hashes.bytes.length);
  task.resolve({ ...answer.read, upload: { ...answer.read.upload, hashes: { ...hashes, bytes } } });
}

/** A body that takes more memory than any proper one is the sender's fault: a repeat would fare no better. */
function explainDeath(reason: Error | undefined): Error {
  if ((reason as NodeJS.ErrnoException | undefined)?.code !== 'ERR_WORKER_OUT_OF_MEMORY')
    return new Error('A thread that read an upload ended.', { cause: reason });
  const problem = phrase('reading it takes too much memory', '讀取時需要過多記憶體');
  return new WireError('MalformedBody', { problem }, reason);
}
