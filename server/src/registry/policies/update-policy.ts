import {
  WireError,
  parseGuid,
  type ConfigurationPolicy,
  type ConfigurationPolicyUpdateRequest,
} from '@muster/contract';
import type { Context } from '../context.ts';
import {
  lockConfigurationPolicy,
  updateConfigurationPolicy,
  type ConfigurationPolicyChange,
} from '../../store/registry/configuration-policies.ts';
import type { Db } from '../../store/database.ts';
import {
  findReplay,
  replaceIdempotentRequest,
  type IdempotentRequest,
} from '../../store/registry/idempotent-requests.ts';
import { newRequest, type Call } from '../call.ts';
import { describePolicy } from './describe-policy.ts';
import { toEntityTag, versionsToMatch } from './entity-tag.ts';
import { policyNotFound } from './get-policy.ts';
import { toPolicyName } from './policy-name.ts';

/**
 * Changes what a request says of a configuration policy; what it does not say stays. Devices get the new settings at
 * their next first start. A repeat of a call whose answer was lost is answered as the first was.
 * Throws PolicyNotFound, InvalidInput for a blank name, and StaleEtag.
 */
export async function updatePolicy(
  ctx: Context,
  call: Call,
  request: { policyId: string; ifMatch: string | undefined; changes: ConfigurationPolicyUpdateRequest },
): Promise<ConfigurationPolicy> {
  const { changes } = request;
  const name = changes.name === undefined ? undefined : toPolicyName(changes.name);
  const address = { customerId: call.customerId, policyId: request.policyId };
  const policyId = parseGuid(request.policyId);
  if (policyId === undefined) throw policyNotFound(address);
  const replay = newRequest(ctx, call);
  const change: ConfigurationPolicyChange = {
    customerId: call.customerId,
    policyId,
    name,
    description: changes.description,
    settings: changes.policySettings,
    modifiedAt: replay.createdAt,
    versions: versionsToMatch(request.ifMatch),
  };
  return ctx.db.transaction(async (tx) => {
    const version = await lockConfigurationPolicy(tx, change);
    if (version === undefined) throw policyNotFound(address);
    const first = await findFirstAnswer(tx, { replay, change, version });
    if (first === undefined) return applyChange(tx, change, replay);
    call.onReplay?.();
    return first;
  });
}

/**
 * The answer to this very call when it was answered before, and doing it again would be wrong: nothing else changed the
 * policy since, or the call names the version that it replaced itself. Without an etag, a call that sets once more what
 * others have changed meanwhile is done: a .NET RequestContext sends one id on every call (`docs/wire.md` 2).
 */
async function findFirstAnswer(
  tx: Db,
  {
    replay,
    change,
    version,
  }: { replay: IdempotentRequest; change: ConfigurationPolicyChange; version: number },
): Promise<ConfigurationPolicy | undefined> {
  const { requestKey, replaysAfter } = replay;
  const text = requestKey === undefined ? undefined : await findReplay(tx, requestKey, replaysAfter);
  if (text === undefined) return undefined;
  const first = JSON.parse(text) as ConfigurationPolicy;
  const isStale = change.versions !== undefined && !change.versions.includes(version);
  return isStale || first.attributes.etag === toEntityTag(version) ? first : undefined;
}

async function applyChange(
  tx: Db,
  change: ConfigurationPolicyChange,
  { requestKey, ...replay }: IdempotentRequest,
): Promise<ConfigurationPolicy> {
  const changed = await updateConfigurationPolicy(tx, change);
  if (!changed) throw new WireError('StaleEtag', { member: 'If-Match' });
  const answer = describePolicy(changed);
  if (requestKey !== undefined)
    await replaceIdempotentRequest(tx, { ...replay, requestKey }, JSON.stringify(answer));
  return answer;
}
