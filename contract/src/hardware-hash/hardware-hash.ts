/** What a hardware hash says about its device. Texts are trimmed and free of control characters. A secret. */
export interface HardwareHashFacts {
  readonly serialNumber: string;
  readonly manufacturer: string;
  readonly model?: string;
  /** Lower case, in the usual spelling (the hash has the first three groups byte-reversed). */
  readonly smbiosUuid?: string;
  /** SHA-256 of the TPM's endorsement key, lower-case hex. Left out where the id comes from no TPM: it can be cloned. */
  readonly offlineDeviceId?: string;
  readonly productKeyId?: string;
  /** The Windows the hash was made on: `10.0.22631.3296`. */
  readonly osVersion?: string;
  /** When the hash was made. Differs each time the same device is asked. */
  readonly generatedAt?: Date;
}

/** Why a hash cannot be used. `describeUnusableHash` says it in a sentence. */
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
  /** The whole hash as it came, padding included. */
  readonly bytes: Uint8Array;
  /** SHA-256 of the content, lower-case hex: checksum and padding left out, so that re-padding does not change it. */
  readonly digest: string;
  /** Undefined for a hash in a form that we cannot read: it still identifies its device. */
  readonly facts: HardwareHashFacts | undefined;
}

export type DecodedHardwareHash = UsableHardwareHash | UnusableHardwareHash;

const recollect = 'collect it again on the device with Get-WindowsAutopilotInfo';

const descriptions: Readonly<Record<UnusableHashReason, string>> = {
  'not-base64': `The hardware hash has characters that do not belong in one; ${recollect}, and do not open the file in a spreadsheet.`,
  'too-short': `The hardware hash is too short: the old 128-byte form or a cut-off copy; ${recollect} under Windows 10 version 1703 or later.`,
  truncated: `The hardware hash is cut off or damaged; ${recollect}, and do not open the file in a spreadsheet.`,
  checksum: `The hardware hash was changed after it was made: its checksum is wrong; ${recollect}, and do not open the file in a spreadsheet.`,
  'no-serial-number': `The hardware hash names no serial number; have the maker set it in the firmware, then ${recollect}.`,
  'no-manufacturer': `The hardware hash names no manufacturer; have the maker set it in the firmware, then ${recollect}.`,
};

/** One English sentence for people: what is wrong with the hash, and what to do. Has nothing of the hash in it. */
export function describeUnusableHash(reason: UnusableHashReason): string {
  return descriptions[reason];
}
