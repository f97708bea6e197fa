import { WireError, parseGuid, type ConfigurationPolicy } from '@muster/contract';
import type { Context } from '../context.ts';
import {
  findConfigurationPolicy,
  type ConfigurationPolicyRow,
} from '../../store/registry/configuration-policies.ts';
import { describePolicy } from './describe-policy.ts';

/** A policy as the path of a request names it: the id may be no GUID. */
export interface PolicyAddress {
  readonly customerId: string;
  readonly policyId: string;
}

/** One configuration policy. Throws PolicyNotFound, also for another customer's and for an id that is no GUID. */
export async function getPolicy(ctx: Context, address: PolicyAddress): Promise<ConfigurationPolicy> {
  return describePolicy(await findPolicy(ctx, address));
}

/** The same, as it is stored. */
export async function findPolicy(ctx: Context, address: PolicyAddress): Promise<ConfigurationPolicyRow> {
  const policyId = parseGuid(address.policyId);
  const policy = policyId && (await findConfigurationPolicy(ctx.db, { ...address, policyId }));
  if (!policy) throw policyNotFound(address);
  return policy;
}

/** The fault for a policy that the customer does not have. */
export function policyNotFound({ policyId }: PolicyAddress): WireError {
  return new WireError('PolicyNotFound', { policyId: policyId.slice(0, 64) });
}
