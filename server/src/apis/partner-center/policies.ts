import type { ConfigurationPolicyCreationRequest, ConfigurationPolicyUpdateRequest } from '@muster/contract';
import { createPolicy } from '../../registry/policies/create-policy.ts';
import { deletePolicy } from '../../registry/policies/delete-policy.ts';
import { getPolicy } from '../../registry/policies/get-policy.ts';
import { listPolicies } from '../../registry/policies/list-policies.ts';
import { updatePolicy } from '../../registry/policies/update-policy.ts';
import { sendDeleted, type WireCall, type WireHandler } from './wire-call.ts';

/** POST customers/{c}/policies */
export const createPolicyRoute: WireHandler<ConfigurationPolicyCreationRequest> = async (call) =>
  createPolicy(call.ctx, call, call.body);

/** GET customers/{c}/policies */
export const listPoliciesRoute: WireHandler = async ({ ctx, customerId }) => listPolicies(ctx, customerId);

/** GET customers/{c}/policies/{p} */
export const getPolicyRoute: WireHandler = async (call) => getPolicy(call.ctx, addressOf(call));

/** PUT customers/{c}/policies/{p} */
export const updatePolicyRoute: WireHandler<ConfigurationPolicyUpdateRequest> = async (call) =>
  updatePolicy(call.ctx, call, { ...addressOf(call), changes: call.body });

/** DELETE customers/{c}/policies/{p} */
export const deletePolicyRoute: WireHandler = async (call) => {
  await deletePolicy(call.ctx, call, addressOf(call));
  return sendDeleted(call);
};

function addressOf({ customerId, params, request }: WireCall<unknown>): {
  customerId: string;
  policyId: string;
  ifMatch: string | undefined;
} {
  return { customerId, policyId: params.policyId ?? '', ifMatch: request.headers['if-match'] };
}
