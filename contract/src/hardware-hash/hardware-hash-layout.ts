/**
 * The layout of a hardware hash, as people who took hashes apart describe it (Microsoft publishes none):
 * `OA`, the length of everything before the checksum, the records, the checksum record, zeros up to 3,000 bytes.
 * Each record is its type, its length with these four bytes, and its data. Numbers are 16 bits, low byte first.
 */
export const layout = {
  /** `O`, `A`, and the length: where the first record starts. */
  headBytes: 4,
  recordHeadBytes: 4,
  /** `CS` read as a record type: its data is the SHA-256 of everything before it. */
  checksumType: 0x5343,
  checksumRecordBytes: 36,
  /** What Windows pads to: 4,000 characters of base64. */
  totalBytes: 3000,
  /** Shorter is the old 128-byte form, which identifies no device. */
  totalBytesMin: 1000,
  /** Longer texts are no firmware string. Also the limit of the same members in the contract. */
  textCharactersMax: 256,
} as const;

/** The record types that this code reads or writes; others are skipped. */
export const recordType = {
  tool: 1,
  processorMaker: 3,
  processorName: 4,
  diskSerialNumber: 7,
  networkAddress: 8,
  offlineDeviceId: 11,
  smbiosUuid: 12,
  tpmDescriptor: 13,
  serialNumber: 14,
  firmwareVendor: 15,
  manufacturer: 16,
  model: 17,
  skuNumber: 18,
  family: 19,
  productKeyId: 24,
  tpmEndorsementKey: 25,
} as const;

/** One record: its type, and the data without the four bytes before it. */
export interface HardwareHashRecord {
  readonly type: number;
  readonly data: Uint8Array;
}

/** Times in a hash are seconds since this moment: seen in published hashes of known date. */
export const hashEpochMs = Date.UTC(2000, 0, 1);
