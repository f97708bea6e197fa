/** How much room is made for each byte that came, until the announced length is reached. */
const roomPerByte = 4;

/**
 * The bytes of a body, in one piece of memory of their own, so that they can be handed to another thread. Room grows with
 * what has come: a client that announces much and sends little costs little.
 */
export class GrowingBuffer {
  readonly #expectedBytes: number;
  #memory: Buffer = Buffer.alloc(0);
  #length = 0;

  /** `expectedBytes`: as announced; 0 when nothing was. */
  constructor(expectedBytes: number) {
    this.#expectedBytes = expectedBytes;
  }

  /** Bytes added so far. */
  get length(): number {
    return this.#length;
  }

  add(chunk: Buffer): void {
    const length = this.#length + chunk.length;
    // Most bodies are one chunk, which is taken as it is.
    if (this.#length === 0) this.#memory = chunk;
    else {
      if (length > this.#memory.length) this.#grow(length);
      chunk.copy(this.#memory, this.#length);
    }
    this.#length = length;
  }

  /** What was added so far. */
  toBuffer(): Buffer {
    return this.#memory.subarray(0, this.#length);
  }

  #grow(needed: number): void {
    const room = needed * roomPerByte;
    const isAnnounced = this.#expectedBytes >= needed;
    const memory = Buffer.allocUnsafeSlow(isAnnounced ? Math.min(this.#expectedBytes, room) : needed * 2);
    this.#memory.copy(memory, 0, 0, this.#length);
    this.#memory = memory;
  }
}
