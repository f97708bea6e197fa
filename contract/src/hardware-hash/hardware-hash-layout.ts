/**
 * The layout of a hardware hash. Microsoft publishes none; this is what people who analyzed hashes found: `OA`, the
 * length of everything before the checksum, the records, the checksum record, and zeros up to 3,000 bytes. Each record
 * consists of its type, its length including these four bytes, and its data. Numbers are 16-bit little-endian.
 */
export const layout = {
  /** `O`, `A`, and the length: where the first record starts. */
  headBytes: 4,
  recordHeadBytes: 4,
  /** `CS` as a record type. Its data is the SHA-256 of everything before it. */
  checksumType: 0x5343,
  checksumRecordBytes: 36,
  /** The length to which Windows pads a hash: 4,000 characters of base64. */
  totalBytes: 3000,
  /** Shorter hashes have the old 128-byte format, which does not identify a device. */
  totalBytesMin: 1000,
  /** Longer strings do not come from firmware. Also the limit of the same members in the contract. */
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

/** A record: its type, and its data without the four-byte header. */
export interface HardwareHashRecord {
  readonly type: number;
  readonly data: Uint8Array;
}

/** Times in a hash are in seconds since this moment, as found in published hashes of known date. */
export const hashEpochMs = Date.UTC(2000, 0, 1);
