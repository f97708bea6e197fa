import { decodeHardwareHash } from '@muster/contract/hardware-hash/decode-hardware-hash';
import type {
  DecodedHardwareHash,
  HardwareHashFacts,
  UnusableHashReason,
} from '@muster/contract/hardware-hash/hardware-hash';
import { hasAcceptedCombination } from '@muster/contract/identity/accepted-combination';
import { identityKeys } from '@muster/contract/identity/identity-keys';
import { isPlaceholder } from '@muster/contract/identity/placeholder-values';
import type { DeviceMember, DeviceRow, SubmittedDevice } from './device-row.ts';
import type { MessageKey, MessageValues, Word } from './file-error.ts';
import { nameMember } from './find-problem.ts';

/** Something about a row. */
export interface Finding {
  /**
   * What comes of it: the row cannot be sent, so that nothing of the file is; it would register something wrong, so that
   * the upload stops unless the user allows it; its device would fail; or nothing, and the user is told.
   */
  readonly effect: 'refuses' | 'stops' | 'fails' | 'notes';
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

/** The findings that stop an upload and may be allowed, by the names that users call them. */
export const stopNames = {
  checkDiffers: 'differs',
  valueInvisible: 'invisible',
  valueQuoted: 'quoted',
  valueSeparator: 'separator',
  valueFormula: 'formula',
  valueRounded: 'rounded',
  valueObject: 'object',
  valueGarbled: 'garbled',
  valueShifted: 'shifted',
} as const satisfies Partial<Record<MessageKey, string>>;

export type StopName = (typeof stopNames)[keyof typeof stopNames];

/** The name of a finding that stops an upload and may be allowed; undefined for any other. */
export function nameStop(key: MessageKey): StopName | undefined {
  return Object.hasOwn(stopNames, key) ? stopNames[key as keyof typeof stopNames] : undefined;
}

const hashReasons: Readonly<Record<UnusableHashReason, MessageKey>> = {
  'not-base64': 'hashNotBase64',
  'too-short': 'hashTooShort',
  truncated: 'hashTruncated',
  checksum: 'hashChecksum',
  'no-serial-number': 'hashNoSerialNumber',
  'no-manufacturer': 'hashNoManufacturer',
};

/** The message about a hash that cannot be used, or cannot be read. */
export function nameHashProblem(problem: UnusableHashReason | 'unknown-format'): MessageKey {
  return problem === 'unknown-format' ? 'checkOpaqueHash' : hashReasons[problem];
}

/** Looks at one row by itself, with the very rules the service judges by. */
export function checkRow({ device, problem }: DeviceRow): CheckedRow {
  if (problem && nameStop(problem.key) === undefined)
    return { findings: [{ effect: 'refuses', severity: 'error', ...problem }], keys: [] };
  const findings: Finding[] = problem ? [{ effect: 'stops', severity: 'error', ...problem }] : [];
  const { hardwareHash } = device;
  const decoded = hardwareHash === undefined ? undefined : decodeHardwareHash(hardwareHash);
  if (decoded && !decoded.usable)
    return { findings: [...findings, fails(hashReasons[decoded.reason])], keys: [] };
  const keys = identityKeys({ ...device, ...(decoded && { hash: decoded }) });
  findings.push(...checkIdentity(device, keys), ...checkPlaceholders(device), ...checkHash(device, decoded));
  return { findings, keys };
}

/**
 * The device as its hardware hash describes it: values that differ from the hash are replaced by the hash's own. Nothing
 * is added.
 */
export function trustHash(device: SubmittedDevice): SubmittedDevice {
  const decoded = device.hardwareHash === undefined ? undefined : decodeHardwareHash(device.hardwareHash);
  if (!decoded?.usable || !decoded.facts) return device;
  const corrected = differences(device, decoded.facts).map(({ member, decoded: value }) => [member, value]);
  return corrected.length === 0 ? device : { ...device, ...Object.fromEntries(corrected) };
}

/** What a row lacks to be identified by serial number, manufacturer and model; undefined for an identified device. */
export function findMissing(device: SubmittedDevice, keys: readonly string[]): readonly Word[] | undefined {
  if (hasAcceptedCombination(device) && keys.length > 0) return undefined;
  const members = ['serialNumber', 'oemManufacturerName', 'modelName'] as const;
  return members.filter((member) => isPlaceholder(device[member] ?? '')).map((member) => nameMember(member));
}

function checkIdentity(device: SubmittedDevice, keys: readonly string[]): Finding[] {
  const missing = findMissing(device, keys);
  return missing ? [fails('checkMissingKey', { missing })] : [];
}

function checkPlaceholders(device: SubmittedDevice): Finding[] {
  const members = ['serialNumber', 'oemManufacturerName', 'modelName', 'productKey'] as const;
  return members.flatMap((member) => {
    const value = device[member];
    if (value === undefined || !isPlaceholder(value)) return [];
    return [warning('notes', 'checkPlaceholder', { column: nameMember(member), value })];
  });
}

function checkHash(device: SubmittedDevice, decoded: DecodedHardwareHash | undefined): Finding[] {
  if (!decoded?.usable) return [];
  if (!decoded.facts) return [warning('notes', 'checkOpaqueHash')];
  return differences(device, decoded.facts).map(({ member, ...values }) =>
    warning('stops', 'checkDiffers', { ...values, column: nameMember(member) }),
  );
}

interface Difference {
  readonly member: DeviceMember;
  readonly given: string;
  readonly decoded: string;
}

function differences(device: SubmittedDevice, facts: HardwareHashFacts): Difference[] {
  const pairs = [
    ['serialNumber', facts.serialNumber],
    ['oemManufacturerName', facts.manufacturer],
    ['modelName', facts.model],
  ] as const;
  return pairs.flatMap(([member, decoded]) => {
    const given = device[member];
    return given === undefined || decoded === undefined || given === decoded
      ? []
      : [{ member, given, decoded }];
  });
}

function fails(key: MessageKey, values: MessageValues = {}): Finding {
  return { effect: 'fails', severity: 'error', key, values };
}

function warning(effect: 'stops' | 'notes', key: MessageKey, values: MessageValues = {}): Finding {
  return { effect, severity: 'warning', key, values };
}
