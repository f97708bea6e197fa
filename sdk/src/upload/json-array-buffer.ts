/** One buffer for all parts of an upload: a part is copied out once, and nothing else of it stays behind. */
export class JsonArrayBuffer {
  readonly #bytesMax: number;
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(4096);
  #end = 0;
  /** Items in the array. */
  count = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Adds an item, given as JSON. False, and nothing is added, when the array would be too long with it; the first item always fits. */
  add(text: string): boolean {
    const start = this.#end + 1;
    // A character takes three bytes at most; the bracket at the end takes one.
    this.#ensure(start + text.length * 3 + 1);
    const { written } = this.#encoder.encodeInto(text, this.#bytes.subarray(start));
    const end = start + written;
    if (this.count > 0 && end + 1 > this.#bytesMax) return false;
    this.#bytes[this.#end] = (this.count === 0 ? '[' : ',').charCodeAt(0);
    this.#end = end;
    this.count += 1;
    return true;
  }

  /** The array so far, and an empty one from now on. */
  take(): Uint8Array<ArrayBuffer> {
    this.#bytes[this.#end] = ']'.charCodeAt(0);
    const json = this.#bytes.slice(0, this.#end + 1);
    this.#end = 0;
    this.count = 0;
    return json;
  }

  #ensure(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(bytes, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = grown;
  }
}
