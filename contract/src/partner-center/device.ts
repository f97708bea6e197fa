import { Type, type Static } from 'typebox';
import { PagedCollection } from './resource-collection.ts';
import { Identifier, markEmptyAbsent, NullableIdentifier } from '../text.ts';
import { WireEnum } from './wire-enum.ts';

/** `none` is what Microsoft's own samples send when they set no category (`docs/wire.md` 3). */
export const PolicyCategory = WireEnum(['none', 'o_o_b_e'], 'The kind of configuration policy.');

/** One policy of a device: the category, and the policy's id (absent, null or empty: none). */
export const PolicyReference = Type.Object(
  {
    key: Type.Optional(PolicyCategory),
    value: Type.Optional(
      NullableIdentifier({ maxLength: 256, description: 'The policy id; null: no policy.' }),
    ),
  },
  { description: 'A configuration policy of a device.' },
);
export type PolicyReference = Static<typeof PolicyReference>;

/** There is one kind of policy: of several references the last one that names a policy counts. */
function PolicyReferences(description: string) {
  return Type.Array(PolicyReference, { maxItems: 10, description });
}

/**
 * A device as a client submits it. What identifies it is checked per device when the job runs, never here.
 * https://learn.microsoft.com/partner-center/developer/device-deployment-resources#device
 */
export const SubmittedDevice = Type.Object(
  {
    serialNumber: Type.Optional(Identifier({ maxLength: 256, description: 'The serial number.' })),
    productKey: Type.Optional(
      Identifier({ maxLength: 256, description: 'The product key (PKID) or Windows product ID.' }),
    ),
    hardwareHash: Type.Optional(
      markEmptyAbsent(
        Type.String({ description: 'The 4K hardware hash, base64. A secret: never returned.' }),
      ),
    ),
    modelName: Type.Optional(
      Identifier({ maxLength: 256, description: 'The model, exactly as the maker writes it.' }),
    ),
    oemManufacturerName: Type.Optional(
      Identifier({ maxLength: 256, description: 'The manufacturer, exactly as the maker writes it.' }),
    ),
    policies: Type.Optional(
      PolicyReferences('Policies to assign at registration; a value may be the name of one policy, too.'),
    ),
  },
  { description: 'A device to register.' },
);
export type SubmittedDevice = Static<typeof SubmittedDevice>;

/** The body of "add devices": a bare array. */
export const DeviceList = Type.Array(SubmittedDevice, {
  description: 'The devices to register: at least one.',
});
export type DeviceList = Static<typeof DeviceList>;

/**
 * A registered device. Its hardware hash is a secret and never returned; `allowedOperations` is left out, because the
 * Java SDK cannot read it (`docs/wire.md` 4).
 * https://learn.microsoft.com/partner-center/developer/device-deployment-resources#device
 */
export const Device = Type.Object(
  {
    id: Type.String({ description: 'The GUID that the device got at registration.' }),
    serialNumber: Type.Optional(Type.String()),
    productKey: Type.Optional(Type.String()),
    modelName: Type.Optional(Type.String()),
    oemManufacturerName: Type.Optional(Type.String()),
    policies: Type.Array(
      Type.Object({ key: Type.Literal('o_o_b_e'), value: Type.String({ description: 'The policy id.' }) }),
      { description: 'The policy of the device; empty: none.' },
    ),
    uploadedDate: Type.String({ description: 'ISO 8601, UTC: when the upload was accepted.' }),
    attributes: Type.Object({ objectType: Type.Literal('Device') }),
  },
  { description: 'A registered device.' },
);
export type Device = Static<typeof Device>;

/** Devices on a page: fixed, as at Microsoft's service (`docs/domain.md` 5.2). */
export const devicesPerPage = 100;

export const DeviceCollection = PagedCollection(
  Device,
  `Devices of a batch in the order they were submitted, ${devicesPerPage} a page.`,
);
export type DeviceCollection = Static<typeof DeviceCollection>;

/** What the SDKs' `Devices.ById(d).Patch()` sends with PUT: only policies can be changed, other members are ignored. */
export const DeviceUpdateRequest = Type.Object(
  {
    id: Type.Optional(
      Identifier({
        maxLength: 256,
        description: 'Used only where the path says {2} instead of an id (Java SDK).',
      }),
    ),
    policies: Type.Optional(
      PolicyReferences('The policy to have. Without a value, or an empty list: none. Absent: no change.'),
    ),
  },
  { description: 'What to change of a device.' },
);
export type DeviceUpdateRequest = Static<typeof DeviceUpdateRequest>;

/** https://learn.microsoft.com/partner-center/developer/update-a-list-of-devices-with-a-policy */
export const DevicePolicyUpdateRequest = Type.Object(
  {
    devices: Type.Array(
      Type.Object({
        id: Identifier({ maxLength: 256, description: 'The device id. An unknown one is an outcome: 807.' }),
        policies: Type.Optional(
          PolicyReferences('The policy to have. Without a value, or an empty list: none. Absent: no change.'),
        ),
      }),
      { description: 'The devices to change, in this order: at least one.' },
    ),
  },
  { description: 'Which policies which devices shall have.' },
);
export type DevicePolicyUpdateRequest = Static<typeof DevicePolicyUpdateRequest>;
