import { Type, type Static } from '../schema.ts';
import { readers, type MusterOperation } from './muster-operation.ts';

const text = (description?: string) =>
  Type.Optional(Type.String(description === undefined ? {} : { description }));

/** What is wrong with a hardware hash. */
export const HardwareHashProblem = Type.Union(
  [
    Type.Literal('not_base64'),
    Type.Literal('too_short'),
    Type.Literal('truncated'),
    Type.Literal('checksum'),
    Type.Literal('no_serial_number'),
    Type.Literal('no_manufacturer'),
    Type.Literal('unknown_format'),
  ],
  {
    description:
      'What is wrong with the hash. `checksum`: it was changed after it was created. `unknown_format`: it can be used, but its contents cannot be read.',
  },
);
export type HardwareHashProblem = Static<typeof HardwareHashProblem>;

/** The TPM of a device, as its hash describes it. */
export const HardwareHashTpm = Type.Object(
  {
    deviceId: text('SHA-256 of the endorsement key, in hexadecimal. Devices are recognized by it.'),
    description: text('Version, manufacturer and firmware, as the TPM describes itself.'),
    hasEndorsementKey: Type.Boolean(),
  },
  { description: 'The TPM of the device.' },
);

/** A hardware hash, decoded. */
export const DecodedHardwareHash = Type.Object(
  {
    position: Type.Integer({ description: 'The position of the hash in the request, starting at 1.' }),
    usable: Type.Boolean({ description: 'Whether a device can be registered with this hash.' }),
    problem: Type.Optional(HardwareHashProblem),
    sameDeviceAs: Type.Optional(
      Type.Integer({
        description: 'The position of the first hash in the request that is of the same device.',
      }),
    ),
    byteLength: Type.Optional(Type.Integer()),
    serialNumber: text(),
    manufacturer: text(),
    model: text(),
    skuNumber: text(),
    family: text(),
    productKeyId: text(),
    smbiosUuid: text(),
    firmwareVendor: text(),
    processorManufacturer: text(),
    processorName: text(),
    disks: Type.Optional(
      Type.Array(
        Type.Object({ serialNumber: Type.String(), model: text() }, { description: 'A disk of the device.' }),
      ),
    ),
    networkAddresses: Type.Optional(Type.Array(Type.String(), { description: 'MAC addresses.' })),
    tpm: Type.Optional(HardwareHashTpm),
    toolVersion: text('The version of the tool that created the hash.'),
    osVersion: text('The version of Windows that created the hash.'),
    generatedAt: text('When the hash was created, ISO 8601.'),
    unknownRecordTypes: Type.Optional(
      Type.Array(Type.Integer(), { description: 'Types of records whose meaning is not known.' }),
    ),
  },
  {
    description:
      'What a hardware hash says about its device. Members that the hash does not contain are absent.',
  },
);
export type DecodedHardwareHash = Static<typeof DecodedHardwareHash>;

export const DecodedHardwareHashList = Type.Object(
  { items: Type.Array(DecodedHardwareHash) },
  { description: 'The decoded hashes, in the order of the request.' },
);
export type DecodedHardwareHashList = Static<typeof DecodedHardwareHashList>;

/** Longer texts are no hashes. */
const hashCharactersMax = 16_384;

export const HardwareHashDecodeRequest = Type.Object(
  {
    hardwareHashes: Type.Array(Type.String({ maxLength: hashCharactersMax }), {
      minItems: 1,
      maxItems: 50,
      description: 'Hardware hashes in base64, as Get-WindowsAutopilotInfo writes them.',
    }),
  },
  { description: 'Hardware hashes to decode.' },
);
export type HardwareHashDecodeRequest = Static<typeof HardwareHashDecodeRequest>;

/** Hardware hashes, one row per operation. */
export const hardwareHashOperations = {
  decodeHardwareHashes: {
    method: 'POST',
    path: '/hardwareHashes/decode',
    summary: 'Decode hardware hashes: what they say about their devices, and what is wrong with them.',
    description:
      'Microsoft publishes no layout; this is what is known of it. Damaged hashes are decoded as far as possible: their values may be damaged, too. Nothing is stored or logged.',
    reference: 'docs/muster-api.md#hardware-hashes',
    roles: readers,
    body: HardwareHashDecodeRequest,
    success: { status: 200, body: DecodedHardwareHashList },
    faults: ['InvalidInput', 'MalformedBody', 'BodyTooLarge'],
  },
} as const satisfies Record<string, MusterOperation>;
