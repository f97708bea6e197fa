import type { Finding } from './check-row.ts';
import type { DeviceRow } from './device-row.ts';

/** A set of rows of the input by their index, from 0, in one bit a row. */
export class RowSet {
  #bits = new Uint8Array(1_024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(index: number): void {
    if (this.has(index)) return;
    const at = index >> 3;
    if (at >= this.#bits.length) {
      const bits = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      bits.set(this.#bits);
      this.#bits = bits;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (index & 7));
    this.#count += 1;
  }

  has(index: number): boolean {
    return ((this.#bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
  }
}

/**
 * Finds rows of the same machine, by the keys the service knows it by: the first counts, as in an upload. Rows that are the
 * same only because a program lost the difference, such as rounded numbers, cannot be uploaded.
 */
export class DuplicateFinder {
  readonly #table = new KeyTable();
  readonly #places = new RowPlaces();
  /** The rows found. */
  readonly rows = new RowSet();
  readonly #hasSeveralFiles: boolean;

  constructor(hasSeveralFiles: boolean) {
    this.#hasSeveralFiles = hasSeveralFiles;
  }

  /** Looks at the next row. Its keys are digests; those of a row that fails by itself are none. */
  add(row: DeviceRow, keys: readonly string[]): Finding | undefined {
    const index = this.#places.add(row);
    let first: number | undefined;
    for (const key of keys) {
      const seen = this.#table.add(Buffer.from(key.replaceAll('-', ''), 'hex'), index);
      if (seen !== undefined && seen !== index) first ??= seen;
    }
    if (first === undefined) return undefined;
    this.rows.add(index);
    const { file, line } = this.#places.get(first);
    const where = this.#hasSeveralFiles ? `${file}:${line}` : String(line);
    return isLossy(row)
      ? { effect: 'refuses', severity: 'error', key: 'checkLostDifference', values: { where } }
      : { effect: 'fails', severity: 'error', key: 'checkDuplicate', values: { where } };
  }
}

/** Whether a value is what a program makes of different ones: two of these may be two devices. */
function isLossy({ problem }: DeviceRow): boolean {
  return problem !== undefined && ['valueRounded', 'valueFormula', 'valueObject'].includes(problem.key);
}

/**
 * Remembers by digest in which row a key was first seen: twelve bytes a key and no text, so that a million devices
 * with several keys each fit in little memory. Two keys that share 64 bits are taken for one: at ten million keys
 * the chance is one in a hundred thousand.
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

/** The place of each row: four bytes per row, and a name per file. */
class RowPlaces {
  #lines = new Uint32Array(1_024);
  #count = 0;
  readonly #files: { readonly name: string; readonly firstIndex: number }[] = [];

  /** Stores the next row, and returns its index. */
  add({ file, line }: DeviceRow): number {
    if (this.#files.at(-1)?.name !== file) this.#files.push({ name: file, firstIndex: this.#count });
    if (this.#count === this.#lines.length) {
      const lines = new Uint32Array(this.#lines.length * 2);
      lines.set(this.#lines);
      this.#lines = lines;
    }
    this.#lines[this.#count] = line;
    this.#count += 1;
    return this.#count - 1;
  }

  get(index: number): { file: string; line: number } {
    const file = this.#files.findLast(({ firstIndex }) => firstIndex <= index)?.name ?? '';
    return { file, line: this.#lines[index] ?? 0 };
  }
}
