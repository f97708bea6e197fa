import { decodeHardwareHash } from './decode-hardware-hash.ts';
import { layout, recordType } from './hardware-hash-layout.ts';
import type { UnusableHashReason } from './hardware-hash.ts';
import {
  listRecords,
  parseHardwareHash,
  readText,
  readTool,
  readTpmDeviceId,
  readUint16,
  readUuid,
  type RecordLocation,
} from './parse-hardware-hash.ts';
import { readBase64 } from './read-base64.ts';

/** Everything that can be read of a hardware hash, for people. A secret, as the hash is. What is not there is absent. */
export interface HardwareHashDescription {
  readonly usable: boolean;
  /** Why the hash cannot be used; `unknown-format` for one that can, but whose contents cannot be read. */
  readonly problem?: UnusableHashReason | 'unknown-format';
  readonly byteLength?: number;
  readonly serialNumber?: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly skuNumber?: string;
  readonly family?: string;
  readonly productKeyId?: string;
  readonly smbiosUuid?: string;
  readonly firmwareVendor?: string;
  readonly processorManufacturer?: string;
  readonly processorName?: string;
  readonly disks?: readonly { readonly serialNumber: string; readonly model?: string }[];
  /** MAC addresses, such as `02:1b:44:11:3a:b7`. */
  readonly networkAddresses?: readonly string[];
  readonly tpm?: {
    /** SHA-256 of the endorsement key, by which the device is recognized. */
    readonly deviceId?: string;
    /** As the TPM describes itself: version, manufacturer, firmware. */
    readonly description?: string;
    readonly hasEndorsementKey: boolean;
  };
  readonly toolVersion?: string;
  readonly osVersion?: string;
  readonly generatedAt?: Date;
  /** Types of records that nobody has explained. */
  readonly unknownRecordTypes?: readonly number[];
}

/**
 * Reads a hardware hash as far as its layout is known, damaged ones too: then the values may be the damaged ones. Never
 * throws. Also runs in browsers.
 */
export function describeHardwareHash(text: string): HardwareHashDescription {
  const bytes = readBase64(text.trim());
  const decoded = decodeHardwareHash(text, bytes);
  const problem = decoded.usable ? (decoded.facts ? undefined : 'unknown-format') : decoded.reason;
  return {
    usable: decoded.usable,
    ...(problem !== undefined && { problem }),
    ...(bytes && { byteLength: bytes.length }),
    ...(bytes && describeContents(bytes)),
  };
}

function describeContents(bytes: Uint8Array): Partial<HardwareHashDescription> {
  const isKnown = bytes.length >= layout.totalBytesMin && parseHardwareHash(bytes).kind === 'read';
  if (!isKnown) return {};
  const records = listRecords(bytes);
  const find = (type: number): number | undefined => records.find((record) => record.type === type)?.at;
  const all = (type: number): RecordLocation[] => records.filter((record) => record.type === type);
  const disks = all(recordType.diskSerialNumber).flatMap(({ at }) => readDisk(bytes, at));
  const networkAddresses = all(recordType.networkAddress).flatMap(({ at }) => readNetworkAddress(bytes, at));
  const known = new Set<number>(Object.values(recordType));
  const unknown = new Set(records.map(({ type }) => type).filter((type) => !known.has(type)));
  const texts = Object.entries(textRecords).map(([name, type]) => [name, readText(bytes, find(type))]);
  const smbiosUuid = readUuid(bytes, find(recordType.smbiosUuid));
  const tpm = describeTpm(bytes, find);
  return {
    ...(Object.fromEntries(texts.filter(([, value]) => value !== undefined)) as object),
    ...(smbiosUuid !== undefined && { smbiosUuid }),
    ...(disks.length > 0 && { disks }),
    ...(networkAddresses.length > 0 && { networkAddresses }),
    ...(tpm && { tpm }),
    ...readTool(bytes, find(recordType.tool)),
    ...(unknown.size > 0 && { unknownRecordTypes: [...unknown] }),
  };
}

/** The records that hold one text, by the member that tells it. */
const textRecords = {
  serialNumber: recordType.serialNumber,
  manufacturer: recordType.manufacturer,
  model: recordType.model,
  skuNumber: recordType.skuNumber,
  family: recordType.family,
  productKeyId: recordType.productKeyId,
  firmwareVendor: recordType.firmwareVendor,
  processorManufacturer: recordType.processorMaker,
  processorName: recordType.processorName,
} as const satisfies Partial<Record<keyof HardwareHashDescription, number>>;

function describeTpm(
  bytes: Uint8Array,
  find: (type: number) => number | undefined,
): HardwareHashDescription['tpm'] {
  const deviceId = readTpmDeviceId(bytes, find(recordType.offlineDeviceId));
  const description = readText(bytes, find(recordType.tpmDescriptor));
  const hasEndorsementKey = find(recordType.tpmEndorsementKey) !== undefined;
  if (deviceId === undefined && description === undefined && !hasEndorsementKey) return undefined;
  return {
    ...(deviceId !== undefined && { deviceId }),
    ...(description !== undefined && { description }),
    hasEndorsementKey,
  };
}

/** `SERIAL|MODEL|`. */
function readDisk(bytes: Uint8Array, at: number): { serialNumber: string; model?: string }[] {
  const [serialNumber = '', model = ''] = (readText(bytes, at) ?? '').split('|').map((part) => part.trim());
  return serialNumber === '' ? [] : [{ serialNumber, ...(model !== '' && { model }) }];
}

/** The medium in four bytes, the address in six, and the bus. */
function readNetworkAddress(bytes: Uint8Array, at: number): string[] {
  const start = at + layout.recordHeadBytes + 4;
  if (start + 6 > at + readUint16(bytes, at + 2)) return [];
  return [
    Array.from(bytes.subarray(start, start + 6), (byte) => byte.toString(16).padStart(2, '0')).join(':'),
  ];
}
