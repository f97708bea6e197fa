import { decodeHardwareHash } from '@muster/contract/hardware-hash/decode-hardware-hash';
import type { HardwareHashFacts, UnusableHashReason } from '@muster/contract/hardware-hash/hardware-hash';
import { hasAcceptedCombination } from '@muster/contract/identity/accepted-combination';
import { identityKeys } from '@muster/contract/identity/identity-keys';
import { isPlaceholder } from '@muster/contract/identity/placeholder-values';
import type { MessageKey, MessageValues } from './file-error.ts';
import type { DeviceMember, DeviceRow, SubmittedDevice } from './device-row.ts';
import { nameMember } from './find-problem.ts';

/** Something about a row. An error: it would fail. A warning: it may be wrong, or come out otherwise than meant. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly key: MessageKey;
  readonly values: MessageValues;
}

/** What is known of a row, and what identifies its device. */
export interface CheckedRow {
  readonly findings: readonly Finding[];
  /** Digests: two rows with one in common are the same machine. */
  readonly keys: readonly string[];
}

const hashReasons: Readonly<Record<UnusableHashReason, MessageKey>> = {
  'not-base64': 'hashNotBase64',
  'too-short': 'hashTooShort',
  truncated: 'hashTruncated',
  checksum: 'hashChecksum',
  'no-serial-number': 'hashNoSerialNumber',
  'no-manufacturer': 'hashNoManufacturer',
};

/** Looks at one row by itself, with the very rules the service judges by. */
export function checkRow({ device, problem }: DeviceRow): CheckedRow {
  if (problem) return { findings: [{ severity: 'error', ...problem }], keys: [] };
  const { hardwareHash } = device;
  const decoded = hardwareHash === undefined ? undefined : decodeHardwareHash(hardwareHash);
  if (decoded && !decoded.usable) return { findings: [error(hashReasons[decoded.reason])], keys: [] };
  const keys = identityKeys({ ...device, ...(decoded && { hash: decoded }) });
  const findings = [
    ...checkIdentity(device, keys),
    ...checkValues(device),
    ...(decoded?.facts ? compare(device, decoded.facts) : []),
    ...(decoded && !decoded.facts ? [warning('checkOpaqueHash')] : []),
  ];
  return { findings, keys };
}

/** Each combination is missing something: what a serial number still needs is named. */
function checkIdentity(device: SubmittedDevice, keys: readonly string[]): Finding[] {
  if (hasAcceptedCombination(device) && keys.length > 0) return [];
  const missing = (['serialNumber', 'oemManufacturerName', 'modelName'] as const).filter((member) =>
    isPlaceholder(device[member] ?? ''),
  );
  const values = { missing: missing.map((member) => nameMember(member)) };
  return [{ severity: 'error', key: 'checkMissingKey', values }];
}

function checkValues(device: SubmittedDevice): Finding[] {
  const findings: Finding[] = [];
  for (const member of ['serialNumber', 'oemManufacturerName', 'modelName', 'productKey'] as const) {
    const value = device[member];
    if (value === undefined) continue;
    if (isPlaceholder(value)) findings.push(warning('checkPlaceholder', member, { value }));
  }
  return findings;
}

function compare(device: SubmittedDevice, facts: HardwareHashFacts): Finding[] {
  const pairs = [
    ['serialNumber', facts.serialNumber],
    ['oemManufacturerName', facts.manufacturer],
    ['modelName', facts.model],
  ] as const;
  return pairs.flatMap(([member, decoded]) => {
    const given = device[member];
    if (given === undefined || decoded === undefined || given === decoded) return [];
    return [warning('checkDiffers', member, { given, decoded })];
  });
}

function error(key: MessageKey): Finding {
  return { severity: 'error', key, values: {} };
}

function warning(key: MessageKey, member?: DeviceMember, values: MessageValues = {}): Finding {
  return { severity: 'warning', key, values: { ...values, ...(member && { column: nameMember(member) }) } };
}
