import type { OperationId } from '@muster/contract';
import { getBatchUploadStatusRoute } from './batch-job-status.ts';
import { getCustomerRoute, getOrganizationProfileRoute, listCustomersRoute } from './customers.ts';
import {
  addDevicesRoute,
  createDeviceBatchRoute,
  deleteDeviceRoute,
  listDeviceBatchesRoute,
  listDevicesRoute,
  updateDevicePoliciesRoute,
  updateDeviceRoute,
} from './device-batches.ts';
import {
  createPolicyRoute,
  deletePolicyRoute,
  getPolicyRoute,
  listPoliciesRoute,
  updatePolicyRoute,
} from './policies.ts';

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
