import { newRequest, type Call } from '../call.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import type { Db } from '../../store/database.ts';
import {
  lockConfigurationPolicy,
  updateConfigurationPolicy,
  type ConfigurationPolicy,
  type ConfigurationPolicyChange,
} from '../../store/registry/configuration-policies.ts';
import {
  findRequestResult,
  replaceIdempotentRequest,
  type IdempotentRequest,
} from '../../store/registry/idempotent-requests.ts';
import { toPolicyName } from './create-policy.ts';
import { policyNotFound, getReplayedPolicy, policyResult } from './get-policy.ts';

/** What to change of which policy; a member that is undefined stays as it is. */
export type PolicyUpdate = Omit<ConfigurationPolicyChange, 'customerId' | 'modifiedAt'>;

/**
 * Changes a configuration policy. Devices get the new settings at their next first start. A repeat of a call whose
 * response was lost gives what the first one gave. Throws `policy-not-found`, `policy-name-blank` and `policy-changed`.
 */
export async function updatePolicy(
  ctx: Context,
  call: Call,
  update: PolicyUpdate,
): Promise<ConfigurationPolicy> {
  const name = update.name === undefined ? undefined : toPolicyName(update.name);
  const replay = newRequest(ctx, call);
  const change = { ...update, name, customerId: call.customerId, modifiedAt: replay.createdAt };
  return ctx.db.transaction(async (tx) => {
    const version = await lockConfigurationPolicy(tx, change);
    if (version === undefined) throw policyNotFound(change);
    const first = await findFirstResult(tx, { replay, change, version });
    if (first === undefined) return applyChange(tx, change, replay);
    call.onReplay?.();
    return first;
  });
}

/**
 * What this very call gave when it was made before, if doing it again would be wrong: nothing else changed the policy
 * since, or the call names the version that it replaced itself. Without a version, a call that sets once more what others
 * have changed meanwhile is done: a .NET RequestContext sends one id on every call (`docs/wire.md` 2).
 */
async function findFirstResult(
  tx: Db,
  {
    replay,
    change,
    version,
  }: { replay: IdempotentRequest; change: ConfigurationPolicyChange; version: number },
): Promise<ConfigurationPolicy | undefined> {
  const { requestKey, replaysAfter } = replay;
  const result = requestKey === undefined ? undefined : await findRequestResult(tx, requestKey, replaysAfter);
  if (result === undefined) return undefined;
  const first = await getReplayedPolicy(tx, result);
  const isStale = change.versions !== undefined && !change.versions.includes(version);
  return isStale || first.version === version ? first : undefined;
}

async function applyChange(
  tx: Db,
  change: ConfigurationPolicyChange,
  { requestKey, ...replay }: IdempotentRequest,
): Promise<ConfigurationPolicy> {
  const changed = await updateConfigurationPolicy(tx, change);
  if (!changed) throw new RegistryError({ kind: 'policy-changed' });
  if (requestKey !== undefined)
    await replaceIdempotentRequest(tx, { ...replay, requestKey }, policyResult(changed));
  return changed;
}
