/** What a hardware hash says about its device. A secret. Strings are trimmed and free of control characters. */
export interface HardwareHashFacts {
  readonly serialNumber: string;
  readonly manufacturer: string;
  readonly model?: string;
  /** Lowercase, in the usual byte order (the hash stores the first three groups reversed). */
  readonly smbiosUuid?: string;
  /** SHA-256 of the TPM's endorsement key in lowercase hex. Absent if the ID is not from a TPM, because it can be cloned. */
  readonly offlineDeviceId?: string;
  readonly productKeyId?: string;
  /** The version of Windows that created the hash, such as `10.0.22631.3296`. */
  readonly osVersion?: string;
  /** When the hash was created. Each hash of the same device has a different time. */
  readonly generatedAt?: Date;
}

/** Why a hash cannot be used. `describeUnusableHash` describes it in a sentence. */
export type UnusableHashReason =
  | 'not-base64'
  | 'too-short'
  | 'truncated'
  | 'checksum'
  | 'no-serial-number'
  | 'no-manufacturer';

export interface UnusableHardwareHash {
  readonly usable: false;
  readonly reason: UnusableHashReason;
}

export interface UsableHardwareHash {
  readonly usable: true;
  /** The whole hash as submitted, including the padding. */
  readonly bytes: Uint8Array;
  /** SHA-256 of the content in lowercase hex, without checksum and padding, so that other padding does not change it. */
  readonly digest: string;
  /** Undefined for a hash in an unknown format, which still identifies its device. */
  readonly facts: HardwareHashFacts | undefined;
}

export type DecodedHardwareHash = UsableHardwareHash | UnusableHardwareHash;

const recollect = 'collect it again on the device with Get-WindowsAutopilotInfo';

const descriptions: Readonly<Record<UnusableHashReason, string>> = {
  'not-base64': `The hardware hash contains invalid characters; ${recollect}, and do not open the file in a spreadsheet program.`,
  'too-short': `The hardware hash is too short: it is in the old 128-byte format or was cut off; ${recollect} on Windows 10, version 1703 or later.`,
  truncated: `The hardware hash is truncated or damaged; ${recollect}, and do not open the file in a spreadsheet program.`,
  checksum: `The hardware hash was changed after it was created: its checksum is wrong; ${recollect}, and do not open the file in a spreadsheet program.`,
  'no-serial-number': `The hardware hash contains no serial number; have the manufacturer set it in the firmware, then ${recollect}.`,
  'no-manufacturer': `The hardware hash contains no manufacturer; have the manufacturer set it in the firmware, then ${recollect}.`,
};

/** A sentence in English that says what is wrong with the hash and what to do. Contains no part of the hash. */
export function describeUnusableHash(reason: UnusableHashReason): string {
  return descriptions[reason];
}
