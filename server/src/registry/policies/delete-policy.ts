import { WireError, parseGuid } from '@muster/contract';
import type { Context } from '../context.ts';
import {
  deleteConfigurationPolicy,
  devicesPolicyExists,
} from '../../store/registry/configuration-policies.ts';
import { breaksConstraint } from '../../store/database-faults.ts';
import { versionsToMatch } from './entity-tag.ts';
import { findAnswer, newRequest, type Call } from '../call.ts';
import { findPolicy } from './get-policy.ts';

/**
 * Deletes a configuration policy that no device has: a device must not point at a policy that is gone, it would fail
 * with 809 at its first start (`docs/domain.md` 5.2). A repeat of a call that deleted the policy is a success too.
 * Throws PolicyInUse, PolicyNotFound and StaleEtag.
 */
export async function deletePolicy(
  ctx: Context,
  call: Call,
  request: { policyId: string; ifMatch: string | undefined },
): Promise<void> {
  const address = { customerId: call.customerId, policyId: request.policyId };
  const policyId = parseGuid(request.policyId);
  const versions = versionsToMatch(request.ifMatch);
  try {
    const key = policyId && { ...address, policyId, versions };
    if (key && (await deleteConfigurationPolicy(ctx.db, key, newRequest(ctx, call)))) return;
  } catch (error) {
    if (!breaksConstraint(error, devicesPolicyExists)) throw error;
    const { devicesCount } = await findPolicy(ctx, address);
    // Its last device was freed in between.
    if (devicesCount === 0) return deletePolicy(ctx, call, request);
    throw new WireError('PolicyInUse', { count: devicesCount });
  }
  if ((await findAnswer(ctx, call)) !== undefined) return;
  await findPolicy(ctx, address);
  throw new WireError('StaleEtag', { member: 'If-Match' });
}
