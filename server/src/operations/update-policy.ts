import {
  WireError,
  parseGuid,
  type ConfigurationPolicy,
  type ConfigurationPolicyUpdateRequest,
} from '@muster/contract';
import type { Context } from '../context.ts';
import { updateConfigurationPolicy } from '../store/configuration-policies.ts';
import { describePolicy } from './describe-policy.ts';
import { versionsToMatch } from './entity-tag.ts';
import { findPolicy, type PolicyAddress } from './get-policy.ts';
import { toPolicyName } from './policy-name.ts';

/**
 * Changes what a request says of a configuration policy; what it does not say stays. Devices get the new settings at
 * their next first start. Throws PolicyNotFound, InvalidInput for a blank name, and StaleEtag.
 */
export async function updatePolicy(
  ctx: Context,
  address: PolicyAddress & { ifMatch: string | undefined },
  request: ConfigurationPolicyUpdateRequest,
): Promise<ConfigurationPolicy> {
  const policyId = parseGuid(address.policyId);
  const changed =
    policyId &&
    (await updateConfigurationPolicy(ctx.db, {
      customerId: address.customerId,
      policyId,
      name: request.name === undefined ? undefined : toPolicyName(request.name),
      description: request.description,
      settings: request.policySettings,
      modifiedAt: ctx.now(),
      versions: versionsToMatch(address.ifMatch),
    }));
  if (changed) return describePolicy(changed);
  await findPolicy(ctx, address);
  throw new WireError('StaleEtag', { member: 'If-Match' });
}
