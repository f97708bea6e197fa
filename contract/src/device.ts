import { Type, type Static } from 'typebox';
import { Identifier, markEmptyAbsent } from './text.ts';
import { WireEnum } from './wire-enum.ts';

/** `none` is what Microsoft's own samples send when they set no category (`wire.md` 3). */
export const PolicyCategory = WireEnum(['none', 'o_o_b_e'], 'The kind of configuration policy.');

/** One policy of a device: the category, and the policy's id (absent or empty: none). */
export const PolicyReference = Type.Object(
  {
    key: Type.Optional(PolicyCategory),
    value: Type.Optional(Identifier({ maxLength: 256, description: 'The policy id.' })),
  },
  { description: 'A configuration policy of a device.' },
);
export type PolicyReference = Static<typeof PolicyReference>;

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
      Type.Array(PolicyReference, { maxItems: 10, description: 'Policies to assign at registration.' }),
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
