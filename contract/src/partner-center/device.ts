import { Type, type Static } from '../schema.ts';
import { PagedCollection } from './resource-collection.ts';
import { Identifier, markEmptyAbsent, NullableIdentifier } from '../text.ts';
import { WireEnum } from './wire-enum.ts';

/** Microsoft's own samples send `none` because they do not set a category (`docs/wire.md` 3). */
export const PolicyCategory = WireEnum(['none', 'o_o_b_e'], 'The kind of configuration policy.');

/** A policy of a device: its category and its ID (absent, null or empty: no policy). */
export const PolicyReference = Type.Object(
  {
    key: Type.Optional(PolicyCategory),
    value: Type.Optional(
      NullableIdentifier({ maxLength: 256, description: 'The policy ID. Null: no policy.' }),
    ),
  },
  { description: 'A configuration policy of a device.' },
);
export type PolicyReference = Static<typeof PolicyReference>;

/** There is only one kind of policy, so the last reference that names a policy counts. */
function PolicyReferences(description: string) {
  return Type.Array(PolicyReference, { maxItems: 10, description });
}

/**
 * A device as a client submits it. Whether its data identifies it is checked when the job runs, not here.
 * https://learn.microsoft.com/partner-center/developer/device-deployment-resources#device
 */
export const SubmittedDevice = Type.Object(
  {
    serialNumber: Type.Optional(Identifier({ maxLength: 256, description: 'The serial number.' })),
    productKey: Type.Optional(
      Identifier({ maxLength: 256, description: 'The product key (PKID) or Windows product ID.' }),
    ),
    hardwareHash: Type.Optional(
      markEmptyAbsent(Type.String({ description: 'The 4K hardware hash in base64. Never returned.' })),
    ),
    modelName: Type.Optional(
      Identifier({ maxLength: 256, description: 'The model, exactly as the manufacturer writes it.' }),
    ),
    oemManufacturerName: Type.Optional(
      Identifier({ maxLength: 256, description: 'The manufacturer, exactly as it writes its name.' }),
    ),
    policies: Type.Optional(
      PolicyReferences('Policies to assign at registration. A value can also be the name of a policy.'),
    ),
    reference: Type.Optional(
      Identifier({
        maxLength: 128,
        description:
          "Muster only: the caller's own name for this device, such as a row of a file. `/muster/v1/jobs/{trackingId}/devices` returns it.",
      }),
    ),
  },
  { description: 'A device to register.' },
);
export type SubmittedDevice = Static<typeof SubmittedDevice>;

/** The body of `addDevices`: an array. */
export const DeviceList = Type.Array(SubmittedDevice, {
  description: 'The devices to register, at least one.',
});
export type DeviceList = Static<typeof DeviceList>;

/**
 * A registered device. Its hardware hash is a secret and is never returned. `allowedOperations` is omitted, because the
 * Java SDK cannot read it (`docs/wire.md` 4).
 * https://learn.microsoft.com/partner-center/developer/device-deployment-resources#device
 */
export const Device = Type.Object(
  {
    id: Type.String({ description: 'A GUID, assigned at registration.' }),
    serialNumber: Type.Optional(Type.String()),
    productKey: Type.Optional(Type.String()),
    modelName: Type.Optional(Type.String()),
    oemManufacturerName: Type.Optional(Type.String()),
    policies: Type.Array(
      Type.Object({ key: Type.Literal('o_o_b_e'), value: Type.String({ description: 'The policy ID.' }) }),
      { description: 'The policy of the device. Empty: no policy.' },
    ),
    uploadedDate: Type.String({ description: 'ISO 8601, UTC: when the upload was accepted.' }),
    attributes: Type.Object({ objectType: Type.Literal('Device') }),
  },
  { description: 'A registered device.' },
);
export type Device = Static<typeof Device>;

/** The number of devices per page. Fixed, as in Microsoft's service (`docs/domain.md` 5.2). */
export const devicesPerPage = 100;

export const DeviceCollection = PagedCollection(
  Device,
  `The devices of a batch in the order of submission, ${devicesPerPage} per page.`,
);
export type DeviceCollection = Static<typeof DeviceCollection>;

/** The body that the SDKs' `Devices.ById(d).Patch()` sends with PUT. Only policies can be changed. */
export const DeviceUpdateRequest = Type.Object(
  {
    id: Type.Optional(
      Identifier({
        maxLength: 256,
        description: 'Used only if the path contains {2} instead of an ID (Java SDK).',
      }),
    ),
    policies: Type.Optional(
      PolicyReferences(
        'The new policy. A reference without a value, or an empty list: no policy. Absent: no change.',
      ),
    ),
  },
  { description: 'Changes to a device.' },
);
export type DeviceUpdateRequest = Static<typeof DeviceUpdateRequest>;

/** https://learn.microsoft.com/partner-center/developer/update-a-list-of-devices-with-a-policy */
export const DevicePolicyUpdateRequest = Type.Object(
  {
    devices: Type.Array(
      Type.Object({
        id: Identifier({
          maxLength: 256,
          description: 'The device ID. An unknown ID results in the outcome 807.',
        }),
        policies: Type.Optional(
          PolicyReferences(
            'The new policy. A reference without a value, or an empty list: no policy. Absent: no change.',
          ),
        ),
      }),
      { description: 'The devices to change, in this order. At least one.' },
    ),
  },
  { description: 'New policies for devices.' },
);
export type DevicePolicyUpdateRequest = Static<typeof DevicePolicyUpdateRequest>;
