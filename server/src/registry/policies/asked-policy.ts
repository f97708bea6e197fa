import type { PolicyReference } from '@muster/contract';

/**
 * The policy that a device's list of policies asks for, in the client's words. There is one kind of policy, so of
 * several the last one that names a policy counts. The empty text: no policy, asked for by an empty list or by an entry
 * without a value. Undefined: nothing was said.
 */
export function askedPolicy(policies: readonly PolicyReference[] | undefined): string | undefined {
  return policies && (policies.findLast((policy) => policy.value !== undefined)?.value ?? '');
}
