import { v7 as uuidv7 } from 'uuid';
import { findReplay, newRequest, type Call } from '../call.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import {
  insertConfigurationPolicy,
  type ConfigurationPolicy,
} from '../../store/registry/configuration-policies.ts';
import { insertIdempotentRequest } from '../../store/registry/idempotent-requests.ts';
import { getReplayedPolicy, policyResult } from './get-policy.ts';

/** How many policies a customer may have: their list is never paged, so it has to end somewhere. */
export const policiesMax = 500;

/** A policy to create. */
export interface NewPolicy {
  readonly name: string;
  readonly description: string | undefined;
  readonly settings: readonly string[];
}

/**
 * Creates a configuration policy. A repeat of this very call creates no second one and gives the first. Throws
 * `policy-name-blank` and `too-many-policies`.
 */
export async function createPolicy(ctx: Context, call: Call, input: NewPolicy): Promise<ConfigurationPolicy> {
  const { requestKey, ...replay } = newRequest(ctx, call);
  const policy = {
    policyId: uuidv7(),
    customerId: call.customerId,
    name: toPolicyName(input.name),
    description: input.description || undefined,
    settings: input.settings,
    createdAt: replay.createdAt,
  };
  if (ctx.audit) ctx.audit.target.policyId = policy.policyId;
  const created = { ...policy, modifiedAt: policy.createdAt, version: 1, devicesCount: 0 };
  const isNew = await ctx.db.transaction(async (tx) => {
    if (
      requestKey !== undefined &&
      !(await insertIdempotentRequest(tx, { ...replay, requestKey }, policyResult(created)))
    )
      return false;
    if (!(await insertConfigurationPolicy(tx, policy, policiesMax)))
      throw new RegistryError({ kind: 'too-many-policies', limit: policiesMax });
    return true;
  });
  return isNew ? created : getReplayedPolicy(ctx.db, await findReplay(ctx, call));
}

/** A policy's name without the white space around it. Throws `policy-name-blank` when nothing is left. */
export function toPolicyName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '') throw new RegistryError({ kind: 'policy-name-blank' });
  return trimmed;
}
