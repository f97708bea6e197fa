import type { ConfigurationPolicyCollection } from '@muster/contract';
import type { Context } from '../context.ts';
import { listConfigurationPolicies } from '../../store/registry/configuration-policies.ts';
import { describePolicy } from './describe-policy.ts';
import { linkTo, wirePath } from '../wire-path.ts';

/** Every configuration policy of a customer, oldest first. */
export async function listPolicies(ctx: Context, customerId: string): Promise<ConfigurationPolicyCollection> {
  const policies = await listConfigurationPolicies(ctx.db, customerId);
  return {
    totalCount: policies.length,
    items: policies.map(describePolicy),
    links: { self: linkTo(wirePath`/customers/${customerId}/policies`) },
    attributes: { objectType: 'Collection' },
  };
}
