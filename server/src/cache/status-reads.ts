import { LRUCache } from 'lru-cache';

const bytesMax = 16 * 1024 * 1024;

/** How far a job was. */
export interface JobProgress {
  readonly status: string;
  /** How many of its devices had an outcome. */
  readonly processed: number;
}

/** The response to a status read, and how far the job was. */
export interface RenderedStatus extends JobProgress {
  readonly body: Buffer;
}

type LoadStatus = (last: JobProgress | undefined) => Promise<RenderedStatus | undefined>;

/**
 * Status reads of jobs that have not ended. A node makes one read of a job at a time, and everybody who asks meanwhile gets
 * its response; the response is rendered again only when the job got further. So it does not matter how often clients ask.
 */
export class StatusReads {
  readonly #reads = new Map<string, Promise<RenderedStatus>>();
  readonly #rendered = new LRUCache<string, RenderedStatus>({
    maxSize: bytesMax,
    sizeCalculation: ({ body }) => body.length + 200,
  });

  /** The response for the job of this key. `load` gets how far it was when last rendered; undefined: it still is there. */
  read(key: string, load: LoadStatus): Promise<RenderedStatus> {
    let reading = this.#reads.get(key);
    if (!reading) {
      reading = this.#load(key, load).finally(() => this.#reads.delete(key));
      this.#reads.set(key, reading);
    }
    return reading;
  }

  async #load(key: string, load: LoadStatus): Promise<RenderedStatus> {
    const last = this.#rendered.get(key);
    const rendered = (await load(last)) ?? last;
    if (!rendered) throw new Error('A job that nobody has seen cannot be unchanged.');
    this.#rendered.set(key, rendered);
    return rendered;
  }
}
