import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import {
  type ConfigurationPolicy,
  findConfigurationPolicy,
  findPolicyVersion,
  listConfigurationPolicies,
} from '../../store/registry/configuration-policies.ts';
import type { Db } from '../../store/database.ts';
import type { RequestResult } from '../../store/registry/idempotent-requests.ts';

/** Which policy. Both ids are GUIDs in lower case. */
export interface PolicyKey {
  readonly customerId: string;
  readonly policyId: string;
}

/** One configuration policy. Throws `policy-not-found`, also for a policy of another customer. */
export async function getPolicy(ctx: Context, key: PolicyKey): Promise<ConfigurationPolicy> {
  const policy = await findConfigurationPolicy(ctx.db, key);
  if (!policy) throw policyNotFound(key);
  return policy;
}

/** Every configuration policy of a customer, oldest first. */
export async function listPolicies(ctx: Context, customerId: string): Promise<ConfigurationPolicy[]> {
  return listConfigurationPolicies(ctx.db, customerId);
}

/** The refusal of a policy that the customer does not have. */
export function policyNotFound({ policyId }: Pick<PolicyKey, 'policyId'>): RegistryError {
  return new RegistryError({ kind: 'policy-not-found', policyId });
}

/** What a call that changed a policy did. */
export function policyResult({ policyId, version }: ConfigurationPolicy): RequestResult {
  return { kind: 'configuration_policy', resourceId: policyId, version };
}

/** The policy as an earlier, identical call left it, regardless of later changes. */
export async function getReplayedPolicy(
  db: Db,
  result: RequestResult | undefined,
): Promise<ConfigurationPolicy> {
  const policy =
    result?.kind === 'configuration_policy'
      ? await findPolicyVersion(db, { policyId: result.resourceId, version: result.version })
      : undefined;
  if (!policy) throw new Error('A repeated call was found, but not the policy of the first one.');
  return policy;
}
