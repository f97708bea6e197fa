/**
 * Remembers by digest in which row a key was first seen: twelve bytes a key and no text, so that a million devices
 * with several keys each fit in little memory. Two keys that share 64 bits are taken for one: at ten million keys
 * the chance is one in a hundred thousand, and all it costs is a wrong hint.
 */
export class KeyTable {
  #high = new Uint32Array(4_096);
  #low = new Uint32Array(4_096);
  /** Row + 1; 0 for an empty place. */
  #rows = new Uint32Array(4_096);
  #count = 0;

  /** The row the key was first seen in; undefined the first time, and then `row` is remembered. */
  add(digest: Buffer, row: number): number | undefined {
    if (this.#count > this.#rows.length * 0.8) this.#grow();
    const high = digest.readUInt32BE(0);
    const low = digest.readUInt32BE(4);
    const place = this.#find(high, low);
    const known = this.#rows[place];
    if (known) return known - 1;
    this.#set(place, high, low, row + 1);
    this.#count += 1;
    return undefined;
  }

  /** The place of a key, or the empty place where it belongs. */
  #find(high: number, low: number): number {
    const last = this.#rows.length - 1;
    let place = low & last;
    while (this.#rows[place] !== 0 && (this.#high[place] !== high || this.#low[place] !== low)) {
      place = (place + 1) & last;
    }
    return place;
  }

  #set(place: number, high: number, low: number, value: number): void {
    this.#high[place] = high;
    this.#low[place] = low;
    this.#rows[place] = value;
  }

  #grow(): void {
    const [high, low, rows] = [this.#high, this.#low, this.#rows];
    this.#high = new Uint32Array(rows.length * 2);
    this.#low = new Uint32Array(rows.length * 2);
    this.#rows = new Uint32Array(rows.length * 2);
    rows.forEach((value, at) => {
      if (value !== 0) this.#set(this.#find(high[at] ?? 0, low[at] ?? 0), high[at] ?? 0, low[at] ?? 0, value);
    });
  }
}
