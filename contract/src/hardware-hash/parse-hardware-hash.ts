import { formatGuid } from '../guid.ts';
import { hashEpochMs, layout, recordType } from './hardware-hash-layout.ts';
import type { HardwareHashFacts, UnusableHashReason } from './hardware-hash.ts';

/** A parsed hash. Its checksum is not verified yet, because that needs SHA-256. */
export type ParsedHardwareHash =
  | { readonly kind: 'opaque' }
  | { readonly kind: 'unusable'; readonly reason: UnusableHashReason }
  | {
      readonly kind: 'read';
      /** A reason if a mandatory fact is missing. It is reported only if the checksum is correct. */
      readonly facts: HardwareHashFacts | UnusableHashReason;
      readonly contentBytes: number;
      readonly hasChecksum: boolean;
    };

/** Parses a decoded hash in a single pass. Never throws, whatever the bytes are. Also runs in browsers. */
export function parseHardwareHash(bytes: Uint8Array): ParsedHardwareHash {
  if (bytes.length < layout.totalBytesMin) return { kind: 'unusable', reason: 'too-short' };
  if (bytes[0] !== 0x4f || bytes[1] !== 0x41) return { kind: 'opaque' };
  const records = locateRecords(bytes);
  if (!records) return { kind: 'unusable', reason: 'truncated' };
  const { contentBytes, hasChecksum } = records;
  return { kind: 'read', facts: readFacts(bytes, records), contentBytes, hasChecksum };
}

function readFacts(bytes: Uint8Array, { offsets }: RecordLocations): HardwareHashFacts | UnusableHashReason {
  const serialNumber = readText(bytes, offsets[recordType.serialNumber]);
  const manufacturer = readText(bytes, offsets[recordType.manufacturer]);
  if (serialNumber === undefined) return 'no-serial-number';
  if (manufacturer === undefined) return 'no-manufacturer';
  const model = readText(bytes, offsets[recordType.model]);
  const smbiosUuid = readUuid(bytes, offsets[recordType.smbiosUuid]);
  const offlineDeviceId = readTpmDeviceId(bytes, offsets[recordType.offlineDeviceId]);
  const productKeyId = readText(bytes, offsets[recordType.productKeyId]);
  return {
    serialNumber,
    manufacturer,
    ...(model !== undefined && { model }),
    ...(smbiosUuid !== undefined && { smbiosUuid }),
    ...(offlineDeviceId !== undefined && { offlineDeviceId }),
    ...(productKeyId !== undefined && { productKeyId }),
    ...readWindows(bytes, offsets[recordType.tool]),
  };
}

/** A firmware string up to its NUL. Undefined if it is empty, too long, or contains a control character. */
export function readText(bytes: Uint8Array, at: number | undefined): string | undefined {
  if (at === undefined) return undefined;
  const end = at + readUint16(bytes, at + 2);
  let text = '';
  for (let index = at + layout.recordHeadBytes; index < end; index++) {
    const code = bytes[index] ?? 0;
    if (code === 0) break;
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return undefined;
    text += String.fromCharCode(code);
    if (text.length > layout.textCharactersMax) return undefined;
  }
  const trimmed = text.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** The first three groups are little-endian. */
const uuidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

export function readUuid(bytes: Uint8Array, at: number | undefined): string | undefined {
  if (at === undefined || readUint16(bytes, at + 2) !== 20) return undefined;
  let hex = '';
  for (const offset of uuidOrder) hex += hexByte(bytes, at + layout.recordHeadBytes + offset);
  return formatGuid(hex);
}

/** Four zeros, the source of the ID (1: the TPM), its length in four bytes, and the ID. */
export function readTpmDeviceId(bytes: Uint8Array, at: number | undefined): string | undefined {
  if (at === undefined || readUint16(bytes, at + 2) !== 46) return undefined;
  if (readUint16(bytes, at + 8) !== 1 || readUint16(bytes, at + 10) !== 32) return undefined;
  let text = '';
  for (let index = at + 14; index < at + 46; index++) text += hexByte(bytes, index);
  return text;
}

function readWindows(
  bytes: Uint8Array,
  at: number | undefined,
): Pick<HardwareHashFacts, 'osVersion' | 'generatedAt'> {
  const { osVersion, generatedAt } = readTool(bytes, at);
  return { ...(osVersion !== undefined && { osVersion }), ...(generatedAt && { generatedAt }) };
}

/** The version of the tool that created the hash, the version of Windows, then the time. */
export function readTool(
  bytes: Uint8Array,
  at: number | undefined,
): { toolVersion?: string; osVersion?: string; generatedAt?: Date } {
  if (at === undefined || readUint16(bytes, at + 2) < 24) return {};
  const seconds = readUint16(bytes, at + 20) + readUint16(bytes, at + 22) * 0x1_0000;
  return {
    toolVersion: readVersion(bytes, at + 4),
    osVersion: readVersion(bytes, at + 12),
    generatedAt: new Date(hashEpochMs + seconds * 1000),
  };
}

function readVersion(bytes: Uint8Array, at: number): string {
  const [minor, major, revision, build] = [0, 2, 4, 6].map((offset) => readUint16(bytes, at + offset));
  return `${major}.${minor}.${build}.${revision}`;
}

const hexBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexByte(bytes: Uint8Array, at: number): string {
  return hexBytes[bytes[at] ?? 0] ?? '';
}

/** The positions of the parts of a hash. */
interface RecordLocations {
  /** The offset of the first record of each type below 64. */
  readonly offsets: readonly (number | undefined)[];
  /** The length of the content, up to the checksum record or the end of the last record. */
  readonly contentBytes: number;
  readonly hasChecksum: boolean;
}

/** Finds the records of a hash that starts with `OA`. Undefined if they do not fit in it: it was truncated or damaged. */
function locateRecords(bytes: Uint8Array): RecordLocations | undefined {
  const contentBytes = readUint16(bytes, 2);
  if (contentBytes < layout.headBytes || contentBytes > bytes.length) return undefined;
  const offsets: (number | undefined)[] = [];
  let at: number = layout.headBytes;
  while (at < contentBytes) {
    const next = at + readUint16(bytes, at + 2);
    if (next < at + layout.recordHeadBytes || next > contentBytes) return undefined;
    const type = readUint16(bytes, at);
    // Some tools include the checksum in the length.
    if (type === layout.checksumType) break;
    if (type < 64) offsets[type] ??= at;
    at = next;
  }
  // Anything other than padding is the checksum, even if its type is damaged.
  const hasChecksum = readUint16(bytes, at) !== 0;
  if (hasChecksum && at + layout.checksumRecordBytes > bytes.length) return undefined;
  return { offsets, contentBytes: at, hasChecksum };
}

/** A record of a hash: its type, and the offset of its header. */
export interface RecordLocation {
  readonly type: number;
  readonly at: number;
}

/** Every record before the checksum, in order. Only for a hash that `parseHardwareHash` could read. */
export function listRecords(bytes: Uint8Array): RecordLocation[] {
  const records: RecordLocation[] = [];
  const end = readUint16(bytes, 2);
  for (let at: number = layout.headBytes; at < end; at += readUint16(bytes, at + 2)) {
    const type = readUint16(bytes, at);
    if (type === layout.checksumType) break;
    records.push({ type, at });
  }
  return records;
}

/** The 16-bit little-endian number at an offset. Bytes past the end count as zero. */
export function readUint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}
