import type { Db } from '../../store/database.ts';
import { findPolicyVersion, type ConfigurationPolicy } from '../../store/registry/configuration-policies.ts';
import type { RequestResult } from '../../store/registry/idempotent-requests.ts';

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
