import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import {
  findConfigurationPolicy,
  listConfigurationPolicies,
  type ConfigurationPolicy,
} from '../../store/registry/configuration-policies.ts';

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
