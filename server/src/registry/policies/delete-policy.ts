import { findReplay, newRequest, type Call } from '../call.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import { breaksConstraint } from '../../store/database-faults.ts';
import {
  deleteConfigurationPolicy,
  devicesPolicyExists,
  type PolicyVersions,
} from '../../store/registry/configuration-policies.ts';
import { getPolicy } from './get-policy.ts';

/**
 * Deletes a configuration policy that no device has: a device must not point at a policy that is gone, it would fail
 * at its first start (`docs/domain.md` 5.2). A repeat of a call that deleted the policy is a success too.
 * Throws `policy-in-use`, `policy-not-found` and `policy-changed`.
 */
export async function deletePolicy(
  ctx: Context,
  call: Call,
  policy: { policyId: string; versions: PolicyVersions },
): Promise<void> {
  const key = { customerId: call.customerId, ...policy };
  try {
    if (await deleteConfigurationPolicy(ctx.db, key, newRequest(ctx, call))) return;
  } catch (error) {
    if (!breaksConstraint(error, devicesPolicyExists)) throw error;
    const { devicesCount } = await getPolicy(ctx, key);
    // Its last device was freed in between.
    if (devicesCount === 0) return deletePolicy(ctx, call, policy);
    throw new RegistryError({ kind: 'policy-in-use', devicesCount });
  }
  if ((await findReplay(ctx, call)) !== undefined) return;
  await getPolicy(ctx, key);
  throw new RegistryError({ kind: 'policy-changed' });
}
