import {
  WireError,
  type ConfigurationPolicy,
  type ConfigurationPolicyCreationRequest,
} from '@muster/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Context } from '../context.ts';
import { insertConfigurationPolicy } from '../../store/registry/configuration-policies.ts';
import { insertIdempotentRequest } from '../../store/registry/idempotent-requests.ts';
import { getAnswer, newRequest, type Call } from '../call.ts';
import { describePolicy } from './describe-policy.ts';
import { toPolicyName } from './policy-name.ts';

/** How many policies a customer may have: their list is never paged, so it has to end somewhere. */
export const policiesMax = 500;

/**
 * Creates a configuration policy. A repeat of this very call makes no second one and is answered as the first was.
 * Throws InvalidInput for a blank name, and TooManyPolicies.
 */
export async function createPolicy(
  ctx: Context,
  call: Call,
  request: ConfigurationPolicyCreationRequest,
): Promise<ConfigurationPolicy> {
  const { requestKey, ...replay } = newRequest(ctx, call);
  const policy = {
    policyId: uuidv7(),
    customerId: call.customerId,
    name: toPolicyName(request.name),
    description: request.description || undefined,
    settings: request.policySettings ?? [],
    createdAt: replay.createdAt,
  };
  const answer = describePolicy({ ...policy, modifiedAt: policy.createdAt, version: 1, devicesCount: 0 });
  const isNew = await ctx.db.transaction(async (tx) => {
    if (
      requestKey !== undefined &&
      !(await insertIdempotentRequest(tx, { ...replay, requestKey }, JSON.stringify(answer)))
    )
      return false;
    if (!(await insertConfigurationPolicy(tx, policy, policiesMax)))
      throw new WireError('TooManyPolicies', { limit: policiesMax });
    return true;
  });
  return isNew ? answer : (JSON.parse(await getAnswer(ctx, call)) as ConfigurationPolicy);
}
