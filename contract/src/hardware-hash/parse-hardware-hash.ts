import { formatGuid } from '../guid.ts';
import { hashEpochMs, layout, recordType } from './hardware-hash-layout.ts';
import type { HardwareHashFacts, UnusableHashReason } from './hardware-hash.ts';

/** A hash taken apart. The checksum is not verified here: that needs SHA-256. */
export type ParsedHardwareHash =
  | { readonly kind: 'opaque' }
  | { readonly kind: 'unusable'; readonly reason: UnusableHashReason }
  | {
      readonly kind: 'read';
      /** A reason when a mandatory fact is missing: said only once the checksum holds. */
      readonly facts: HardwareHashFacts | UnusableHashReason;
      readonly contentBytes: number;
      readonly hasChecksum: boolean;
    };

/** Reads what a decoded hash says. Runs anywhere; never throws, whatever the bytes; does no more than one pass. */
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
    ...readTool(bytes, offsets[recordType.tool]),
  };
}

/** A firmware string up to its NUL. Undefined when empty, too long, or with a control character: none is a name. */
function readText(bytes: Uint8Array, at: number | undefined): string | undefined {
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

/** The first three groups stand low byte first. */
const uuidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

function readUuid(bytes: Uint8Array, at: number | undefined): string | undefined {
  if (at === undefined || readUint16(bytes, at + 2) !== 20) return undefined;
  let hex = '';
  for (const offset of uuidOrder) hex += hexByte(bytes, at + layout.recordHeadBytes + offset);
  return formatGuid(hex);
}

/** Four zeros, where the id comes from (1: the TPM), its length in four bytes, and the id. */
function readTpmDeviceId(bytes: Uint8Array, at: number | undefined): string | undefined {
  if (at === undefined || readUint16(bytes, at + 2) !== 46) return undefined;
  if (readUint16(bytes, at + 8) !== 1 || readUint16(bytes, at + 10) !== 32) return undefined;
  let text = '';
  for (let index = at + 14; index < at + 46; index++) text += hexByte(bytes, index);
  return text;
}

/** The version of the tool that made the hash, the version of Windows, then when it was made. */
function readTool(
  bytes: Uint8Array,
  at: number | undefined,
): Pick<HardwareHashFacts, 'osVersion' | 'generatedAt'> {
  if (at === undefined || readUint16(bytes, at + 2) < 24) return {};
  const minor = readUint16(bytes, at + 12);
  const major = readUint16(bytes, at + 14);
  const revision = readUint16(bytes, at + 16);
  const build = readUint16(bytes, at + 18);
  const seconds = readUint16(bytes, at + 20) + readUint16(bytes, at + 22) * 0x1_0000;
  return {
    osVersion: `${major}.${minor}.${build}.${revision}`,
    generatedAt: new Date(hashEpochMs + seconds * 1000),
  };
}

const hexBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexByte(bytes: Uint8Array, at: number): string {
  return hexBytes[bytes[at] ?? 0] ?? '';
}

/** Where things are in a hash. */
interface RecordLocations {
  /** By record type: where the first record of that type starts. Only the types below 64. */
  readonly offsets: readonly (number | undefined)[];
  /** Where the content ends: at the checksum record, or after the last record. */
  readonly contentBytes: number;
  readonly hasChecksum: boolean;
}

/** Walks the records of a hash that starts with `OA`. Undefined when they do not fit in it: it was cut or damaged. */
function locateRecords(bytes: Uint8Array): RecordLocations | undefined {
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
function readUint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}
