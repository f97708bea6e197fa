import { parseGuid } from '@muster/contract/guid';
import type { DeviceFailure } from '../../registrars/registrar.ts';
import type { Db } from '../../store/database.ts';
import { findPoliciesByIds, findPoliciesByNames } from '../../store/registry/configuration-policies.ts';

/** The policy that a reference means, or why a device cannot have it. */
export type PolicyResolution = { readonly policyId: string } | { readonly failure: DeviceFailure };

/**
 * Looks up the policies that devices ask for: by id, or by a name that exactly one policy of the customer has, without
 * regard to case (`docs/domain.md` 5.2). Two statements at the most, however many devices.
 */
export async function resolvePolicies(
  db: Db,
  customerId: string,
  references: Iterable<string>,
): Promise<(reference: string) => PolicyResolution> {
  const all = [...new Set(references)];
  const ids = all.map(parseGuid).filter((id) => id !== undefined);
  const names = all.filter((reference) => parseGuid(reference) === undefined).map(foldName);
  const found = [
    ...(ids.length > 0 ? await findPoliciesByIds(db, ids) : []),
    ...(names.length > 0 ? await findPoliciesByNames(db, customerId, names) : []),
  ];
  const byReference = new Map(found.map((policy) => [policy.reference, policy]));
  return (reference) => {
    const policy = byReference.get(parseGuid(reference) ?? foldName(reference));
    if (!policy) return { failure: 'ZtdProfileIsNotRegistered' };
    if (policy.customerId !== customerId) return { failure: 'ZtdProfileAssignedToOtherTenant' };
    return { policyId: policy.policyId };
  };
}

function foldName(name: string): string {
  return name.trim().toLowerCase();
}
