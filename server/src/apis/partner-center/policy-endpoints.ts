import {
  parseGuid,
  type ConfigurationPolicy,
  type ConfigurationPolicyCollection,
  type PolicySetting,
} from '@muster/contract';
import { createPolicy } from '../../registry/policies/create-policy.ts';
import { deletePolicy } from '../../registry/policies/delete-policy.ts';
import {
  getPolicy,
  listPolicies,
  type PolicyKey,
  policyNotFound,
} from '../../registry/policies/get-policy.ts';
import { updatePolicy } from '../../registry/policies/update-policy.ts';
import type {
  ConfigurationPolicy as Policy,
  PolicyVersions,
} from '../../store/registry/configuration-policies.ts';
import { linkTo, wirePath } from './paging.ts';
import type { OperationCall } from '../endpoint.ts';
import { endpoint, sendDeleted } from './endpoint.ts';

/** Configuration policies. */
export const policyEndpoints = {
  /** POST customers/{c}/policies */
  createPolicy: endpoint('createPolicy', async (call) => {
    const { name, description, policySettings = [] } = call.body;
    return describePolicy(
      await createPolicy(call.ctx, call, { name, description, settings: policySettings }),
    );
  }),

  /** GET customers/{c}/policies */
  listPolicies: endpoint(
    'listPolicies',
    async ({ ctx, customerId }): Promise<ConfigurationPolicyCollection> => {
      const policies = await listPolicies(ctx, customerId);
      return {
        totalCount: policies.length,
        items: policies.map(describePolicy),
        links: { self: linkTo(wirePath`/customers/${customerId}/policies`) },
        attributes: { objectType: 'Collection' },
      };
    },
  ),

  /** GET customers/{c}/policies/{p} */
  getPolicy: endpoint('getPolicy', async (call) =>
    describePolicy(await getPolicy(call.ctx, policyKeyOf(call))),
  ),

  /** PUT customers/{c}/policies/{p} */
  updatePolicy: endpoint('updatePolicy', async (call) => {
    const { name, description, policySettings: settings } = call.body;
    const update = { ...policyKeyOf(call), versions: versionsOf(call), name, description, settings };
    return describePolicy(await updatePolicy(call.ctx, call, update));
  }),

  /** DELETE customers/{c}/policies/{p} */
  deletePolicy: endpoint('deletePolicy', async (call) => {
    await deletePolicy(call.ctx, call, { ...policyKeyOf(call), versions: versionsOf(call) });
    return sendDeleted(call);
  }),
};

/** Throws `policy-not-found` for an id that is no GUID. */
function policyKeyOf({ customerId, params }: OperationCall<unknown>): PolicyKey {
  const policyId = parseGuid(params.policyId);
  if (policyId === undefined) throw policyNotFound({ policyId: params.policyId ?? '' });
  return { customerId, policyId };
}

/**
 * A policy in Partner Center's shape. Its category is always the one there is: `none` is what the SDKs send for "not
 * set", and a reader that looks for first-start policies would miss it (docs/decisions/0010-configuration-policies.md).
 */
export function describePolicy(policy: Policy): ConfigurationPolicy {
  return {
    id: policy.policyId,
    name: policy.name,
    category: 'o_o_b_e',
    ...(policy.description !== undefined && { description: policy.description }),
    devicesAssignedCount: policy.devicesCount,
    devicesAssigned: policy.devicesCount,
    // Only what the contract lets in is stored.
    policySettings: policy.settings as PolicySetting[],
    createdDate: policy.createdAt.toISOString(),
    lastModifiedDate: policy.modifiedAt.toISOString(),
    attributes: { etag: toEntityTag(policy.version), objectType: 'ConfigurationPolicy' },
  };
}

/** A policy's version as an entity tag. Clients quote it in If-Match, or do not; both are read. */
export function toEntityTag(version: number): string {
  return String(version);
}

function versionsOf({ request }: OperationCall<unknown>): PolicyVersions {
  return versionsToMatch(request.headers['if-match']);
}

/**
 * The versions that an If-Match header allows: tags with or without quotes, weak or not, several after commas. Undefined
 * where any will do: no header, or `*`. A text that is none of our tags is no version, so it counts as stale.
 */
export function versionsToMatch(ifMatch: string | undefined): PolicyVersions {
  if (ifMatch === undefined || ifMatch.trim() === '' || ifMatch.trim() === '*') return undefined;
  return ifMatch
    .split(',')
    .map((tag) => /^(?:W\/)?"?(\d{1,9})"?$/i.exec(tag.trim())?.[1])
    .filter((version) => version !== undefined)
    .map(Number);
}
