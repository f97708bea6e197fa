import type { DeviceRow } from './device-row.ts';

/** Where each row stands: four bytes a row, and a name a file. */
export class RowPlaces {
  #lines = new Uint32Array(1_024);
  #count = 0;
  readonly #files: { readonly name: string; readonly firstIndex: number }[] = [];

  /** Remembers the next row, and gives its index. */
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
