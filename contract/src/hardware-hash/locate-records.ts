import { layout } from './hardware-hash-layout.ts';

/** Where things are in a hash. */
export interface RecordLocations {
  /** By record type: where the first record of that type starts. Only the types below 64. */
  readonly offsets: readonly (number | undefined)[];
  /** Where the content ends: at the checksum record, or after the last record. */
  readonly contentBytes: number;
  readonly hasChecksum: boolean;
}

/** Walks the records of a hash that starts with `OA`. Undefined when they do not fit in it: it was cut or damaged. */
export function locateRecords(bytes: Uint8Array): RecordLocations | undefined {
  const contentBytes = readUint16(bytes, 2);
  if (contentBytes < layout.headBytes || contentBytes > bytes.length) return undefined;
  const offsets: (number | undefined)[] = [];
  let at: number = layout.headBytes;
  while (at < contentBytes) {
    const next = at + readUint16(bytes, at + 2);
    if (next < at + layout.recordHeadBytes || next > contentBytes) return undefined;
    const type = readUint16(bytes, at);
    // Some writers count the checksum in the length.
    if (type === layout.checksumType) break;
    if (type < 64) offsets[type] ??= at;
    at = next;
  }
  // Anything but padding here is the checksum: its mark may be what was damaged.
  const hasChecksum = readUint16(bytes, at) !== 0;
  if (hasChecksum && at + layout.checksumRecordBytes > bytes.length) return undefined;
  return { offsets, contentBytes: at, hasChecksum };
}

/** The 16-bit number at an offset, low byte first; bytes past the end count as zero. */
export function readUint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}
