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
