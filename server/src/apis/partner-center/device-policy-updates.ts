import type { DevicePolicyUpdateRequest } from '@muster/contract';
import { updateDevicePolicies } from '../../registry/policies/update-device-policies.ts';
import { sendAccepted, type WireHandler } from './wire-call.ts';

/** PATCH customers/{c}/DevicePolicyUpdates */
export const updateDevicePoliciesRoute: WireHandler<DevicePolicyUpdateRequest> = async (call) =>
  sendAccepted(call, await updateDevicePolicies(call.ctx, call, call.body));
