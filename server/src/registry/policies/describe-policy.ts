import type { ConfigurationPolicy, PolicySetting } from '@muster/contract';
import type { ConfigurationPolicyRow } from '../../store/registry/configuration-policies.ts';
import { toEntityTag } from './entity-tag.ts';

/**
 * A policy as the wire tells it. Its category is always the one there is: `none` is what the SDKs send for "not set",
 * and a reader that looks for first-start policies would miss it (docs/decisions/0010-configuration-policies.md).
 */
export function describePolicy(policy: ConfigurationPolicyRow): ConfigurationPolicy {
  return {
    id: policy.policyId,
    name: policy.name,
    category: 'o_o_b_e',
    ...(policy.description !== undefined && { description: policy.description }),
    devicesAssignedCount: policy.devicesCount,
    devicesAssigned: policy.devicesCount,
    // Only what the contract lets in is stored.
    policySettings: policy.settings as PolicySetting[],
    createdDate: policy.createdAt.toISOString(),
    lastModifiedDate: policy.modifiedAt.toISOString(),
    attributes: { etag: toEntityTag(policy.version), objectType: 'ConfigurationPolicy' },
  };
}
