const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('0\r\n\r\n');

/**
 * Reads the answers of one keep-alive connection and tells when each is complete: the least that can, so that the load
 * costs the machine less than the server it measures. Throws for an answer that is no 200.
 */
export class ResponseReader {
  readonly #onResponse: () => void;
  #head: Buffer | undefined;
  #bodyBytesLeft = 0;
  #isChunked = false;

  constructor(onResponse: () => void) {
    this.#onResponse = onResponse;
  }

  /** Takes the next bytes; they may be overwritten afterwards. */
  read(bytes: Buffer): void {
    if (this.#bodyBytesLeft > 0) return this.#readBody(bytes);
    if (this.#isChunked) return this.#readChunks(bytes);
    this.#readHead(this.#head === undefined ? bytes : Buffer.concat([this.#head, bytes]));
  }

  #readHead(bytes: Buffer): void {
    const end = bytes.indexOf(headEnd);
    if (end === -1) return void (this.#head = Buffer.from(bytes));
    this.#head = undefined;
    const head = bytes.toString('latin1', 0, end);
    if (!head.startsWith('HTTP/1.1 200')) throw new Error(`The answer is ${head.slice(0, 40)}.`);
    const body = bytes.subarray(end + headEnd.length);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) {
      this.#isChunked = true;
      return this.#readChunks(body);
    }
    this.#bodyBytesLeft = Number(length);
    this.#readBody(body);
  }

  #readBody(bytes: Buffer): void {
    this.#bodyBytesLeft -= bytes.length;
    if (this.#bodyBytesLeft < 0) throw new Error('The answer is longer than it says.');
    if (this.#bodyBytesLeft === 0) this.#onResponse();
  }

  /** One request at a time is on its way, so the last chunk ends the bytes. */
  #readChunks(bytes: Buffer): void {
    if (!bytes.subarray(-lastChunk.length).equals(lastChunk)) return;
    this.#isChunked = false;
    this.#onResponse();
  }
}
