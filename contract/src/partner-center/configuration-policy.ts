import { Type, type Static } from '../schema.ts';
import { PolicyCategory } from './device.ts';
import { ResourceCollection } from './resource-collection.ts';
import { Text } from '../text.ts';
import { WireFlags } from './wire-enum.ts';

/** The settings of a policy, in the order of their bits: 1, 2, 4, 8, 16 (`docs/domain.md` 5.1). */
export const policySettings = [
  'remove_oem_preinstalls',
  'oobe_user_not_local_admin',
  'skip_express_settings',
  'skip_oem_registration',
  'skip_eula',
] as const;

export const PolicySettings = WireFlags(
  policySettings,
  'The settings for the first start: any number of these.',
);
export type PolicySetting = (typeof policySettings)[number];

/** The maximum length of a policy's name and description. Microsoft publishes no limit, so these are Muster's. */
const nameCharactersMax = 256;
const descriptionCharactersMax = 1024;

const name = Text({
  minLength: 1,
  maxLength: nameCharactersMax,
  description: 'The name of the policy. Need not be unique. Leading and trailing spaces are removed.',
});
const description = Text({
  maxLength: descriptionCharactersMax,
  description: 'The purpose of the policy. An empty string removes it.',
});

/** https://learn.microsoft.com/partner-center/developer/create-a-new-configuration-policy-for-the-specified-customer */
export const ConfigurationPolicyCreationRequest = Type.Object(
  {
    name,
    category: Type.Optional(PolicyCategory),
    description: Type.Optional(description),
    policySettings: Type.Optional(PolicySettings),
  },
  { description: 'A new configuration policy.' },
);
export type ConfigurationPolicyCreationRequest = Static<typeof ConfigurationPolicyCreationRequest>;

/** The body that the SDKs' `Patch` sends with PUT. Members that are absent or null are not changed. */
export const ConfigurationPolicyUpdateRequest = Type.Object(
  {
    name: Type.Optional(name),
    category: Type.Optional(PolicyCategory),
    description: Type.Optional(description),
    policySettings: Type.Optional(PolicySettings),
  },
  { description: 'Changes to a configuration policy.' },
);
export type ConfigurationPolicyUpdateRequest = Static<typeof ConfigurationPolicyUpdateRequest>;

/** https://learn.microsoft.com/partner-center/developer/device-deployment-resources#configurationpolicy */
export const ConfigurationPolicy = Type.Object(
  {
    id: Type.String({ description: 'A GUID.' }),
    name: Type.String(),
    category: PolicyCategory,
    description: Type.Optional(Type.String()),
    devicesAssignedCount: Type.Integer({ description: 'The number of devices that have the policy.' }),
    devicesAssigned: Type.Integer({
      description: "The same number under the name in Microsoft's examples. Its SDKs read the other one.",
    }),
    policySettings: PolicySettings,
    createdDate: Type.String({ description: 'ISO 8601, UTC.' }),
    lastModifiedDate: Type.String({ description: 'ISO 8601, UTC.' }),
    attributes: Type.Object({
      etag: Type.String({ description: 'Send it as If-Match to change the policy only if nobody else has.' }),
      objectType: Type.Literal('ConfigurationPolicy'),
    }),
  },
  { description: 'The settings that devices use at their first start.' },
);
export type ConfigurationPolicy = Static<typeof ConfigurationPolicy>;

export const ConfigurationPolicyCollection = ResourceCollection(
  ConfigurationPolicy,
  'The configuration policies of a customer, oldest first. Not paged.',
);
export type ConfigurationPolicyCollection = Static<typeof ConfigurationPolicyCollection>;

/** Makes a change conditional. */
export const IfMatchHeader = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      description:
        'The etag of the policy when you read it, or *. Refused with 2055 if the policy has changed.',
    }),
  ),
});
