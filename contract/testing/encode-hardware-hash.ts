import { hash } from 'node:crypto';
import {
  hashEpochMs,
  layout,
  recordType,
  type HardwareHashRecord,
} from '../src/hardware-hash/hardware-hash-layout.ts';
import type { HardwareHashFacts } from '../src/hardware-hash/hardware-hash.ts';

/**
 * Writes a hardware hash of 4,000 characters as Windows does, checksum included: for samples, tests and benchmarks.
 * `decodeHardwareHash` gives the same facts back. `more` are records written before them (processor, disk, TPM key).
 * Throws a RangeError when it all does not fit.
 */
export function encodeHardwareHash(
  facts: HardwareHashFacts,
  more: readonly HardwareHashRecord[] = [],
): string {
  const content = encodeContent([...toolRecord(facts), ...more, ...factRecords(facts)]);
  const checksum = encodeRecord({ type: layout.checksumType, data: hash('sha256', content, 'buffer') });
  const padding = layout.totalBytes - content.length - checksum.length;
  if (padding < 0) throw new RangeError(`The hash is ${-padding} bytes longer than ${layout.totalBytes}.`);
  return Buffer.concat([content, checksum, Buffer.alloc(padding)]).toString('base64');
}

/** The data of a record that holds a text: Latin-1, with a NUL at its end. */
export function encodeHashText(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'latin1');
}

function encodeContent(records: readonly HardwareHashRecord[]): Buffer {
  const content = Buffer.concat([Buffer.from('OA\0\0', 'latin1'), ...records.map(encodeRecord)]);
  content.writeUInt16LE(content.length, 2);
  return content;
}

function encodeRecord({ type, data }: HardwareHashRecord): Buffer {
  const record = Buffer.alloc(layout.recordHeadBytes + data.length);
  record.writeUInt16LE(type, 0);
  record.writeUInt16LE(record.length, 2);
  record.set(data, layout.recordHeadBytes);
  return record;
}

function factRecords(facts: HardwareHashFacts): HardwareHashRecord[] {
  const { model, smbiosUuid, offlineDeviceId, productKeyId } = facts;
  const records: HardwareHashRecord[] = [];
  if (offlineDeviceId)
    records.push({ type: recordType.offlineDeviceId, data: encodeTpmDeviceId(offlineDeviceId) });
  if (smbiosUuid) records.push({ type: recordType.smbiosUuid, data: encodeUuid(smbiosUuid) });
  records.push({ type: recordType.serialNumber, data: encodeHashText(facts.serialNumber) });
  records.push({ type: recordType.manufacturer, data: encodeHashText(facts.manufacturer) });
  if (model) records.push({ type: recordType.model, data: encodeHashText(model) });
  if (productKeyId) records.push({ type: recordType.productKeyId, data: encodeHashText(productKeyId) });
  return records;
}

function encodeTpmDeviceId(hex: string): Buffer {
  return Buffer.concat([Buffer.from('00000000010020000000', 'hex'), Buffer.from(hex, 'hex')]);
}

/** The first three groups go out low byte first. */
function encodeUuid(uuid: string): Buffer {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

/** Left out unless both facts are given: they stand in one record. Tool and Windows are given the same version. */
function toolRecord({ osVersion, generatedAt }: HardwareHashFacts): HardwareHashRecord[] {
  if (osVersion === undefined || generatedAt === undefined) return [];
  const [major = 0, minor = 0, build = 0, revision = 0] = osVersion.split('.').map(Number);
  const data = Buffer.from('0000000000000000000000000000000000000000e4020908', 'hex');
  for (const at of [0, 8]) {
    [minor, major, revision, build].forEach((part, index) => data.writeUInt16LE(part, at + index * 2));
  }
  data.writeUInt32LE((generatedAt.getTime() - hashEpochMs) / 1000, 16);
  return [{ type: recordType.tool, data }];
}
