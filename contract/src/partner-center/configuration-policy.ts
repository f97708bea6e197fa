import { Type, type Static } from 'typebox';
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

export const PolicySettings = WireFlags(policySettings, 'What the first start does; any number of these.');
export type PolicySetting = (typeof policySettings)[number];

/** The longest name and description of a policy. Ours: Microsoft publishes no limit. */
const nameCharactersMax = 256;
const descriptionCharactersMax = 1024;

const name = Text({
  minLength: 1,
  maxLength: nameCharactersMax,
  description: 'How people call the policy. Need not be unique; the space around it is dropped.',
});
const description = Text({
  maxLength: descriptionCharactersMax,
  description: 'What the policy is for. An empty text takes it away.',
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

/** What the SDKs' `Patch` sends with PUT: a member that is absent or null stays as it is. */
export const ConfigurationPolicyUpdateRequest = Type.Object(
  {
    name: Type.Optional(name),
    category: Type.Optional(PolicyCategory),
    description: Type.Optional(description),
    policySettings: Type.Optional(PolicySettings),
  },
  { description: 'What to change of a configuration policy.' },
);
export type ConfigurationPolicyUpdateRequest = Static<typeof ConfigurationPolicyUpdateRequest>;

/** https://learn.microsoft.com/partner-center/developer/device-deployment-resources#configurationpolicy */
export const ConfigurationPolicy = Type.Object(
  {
    id: Type.String({ description: 'A GUID.' }),
    name: Type.String(),
    category: PolicyCategory,
    description: Type.Optional(Type.String()),
    devicesAssignedCount: Type.Integer({ description: 'How many devices have the policy now.' }),
    devicesAssigned: Type.Integer({
      description: "The same number under the name of Microsoft's examples; its SDKs read the other one.",
    }),
    policySettings: PolicySettings,
    createdDate: Type.String({ description: 'ISO 8601, UTC.' }),
    lastModifiedDate: Type.String({ description: 'ISO 8601, UTC.' }),
    attributes: Type.Object({
      etag: Type.String({ description: 'Send it as If-Match to change only what you have seen.' }),
      objectType: Type.Literal('ConfigurationPolicy'),
    }),
  },
  { description: 'The first-start settings that devices get.' },
);
export type ConfigurationPolicy = Static<typeof ConfigurationPolicy>;

export const ConfigurationPolicyCollection = ResourceCollection(
  ConfigurationPolicy,
  'The configuration policies of a customer, oldest first. Never paged.',
);
export type ConfigurationPolicyCollection = Static<typeof ConfigurationPolicyCollection>;

/** Makes a change conditional. */
export const IfMatchHeader = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      description: 'The etag of the policy as you know it, or *. Refused with 2055 when it is stale.',
    }),
  ),
});
