import type { OperationId } from '@muster/contract';
import { getBatchUploadStatusRoute } from './batch-job-status.ts';
import {
  createPolicyRoute,
  deletePolicyRoute,
  getPolicyRoute,
  listPoliciesRoute,
  updatePolicyRoute,
} from './policies.ts';
import { getCustomerRoute, listCustomersRoute } from './customers.ts';
import { createDeviceBatchRoute, listDeviceBatchesRoute } from './device-batches.ts';
import { updateDevicePoliciesRoute } from './device-policy-updates.ts';
import { addDevicesRoute, deleteDeviceRoute, listDevicesRoute, updateDeviceRoute } from './devices.ts';
import { getOrganizationProfileRoute } from './organization-profile.ts';

/** The handler of every operation of the contract. A row without one does not compile. */
export const operationHandlers = {
  createDeviceBatch: createDeviceBatchRoute,
  listDeviceBatches: listDeviceBatchesRoute,
  addDevices: addDevicesRoute,
  listDevices: listDevicesRoute,
  updateDevice: updateDeviceRoute,
  deleteDevice: deleteDeviceRoute,
  updateDevicePolicies: updateDevicePoliciesRoute,
  getBatchUploadStatus: getBatchUploadStatusRoute,
  createPolicy: createPolicyRoute,
  listPolicies: listPoliciesRoute,
  getPolicy: getPolicyRoute,
  updatePolicy: updatePolicyRoute,
  deletePolicy: deletePolicyRoute,
  listCustomers: listCustomersRoute,
  getCustomer: getCustomerRoute,
  getOrganizationProfile: getOrganizationProfileRoute,
} satisfies Record<OperationId, unknown>;
