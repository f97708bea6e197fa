import type { TSchema } from '../schema.ts';
import { BatchUploadDetails } from './batch-upload-details.ts';
import {
  ConfigurationPolicy,
  ConfigurationPolicyCollection,
  ConfigurationPolicyCreationRequest,
  ConfigurationPolicyUpdateRequest,
  IfMatchHeader,
} from './configuration-policy.ts';
import { Customer, CustomerCollection, CustomerQuery } from './customer.ts';
import { DeviceBatchCollection, DeviceBatchCreationRequest } from './device-batch.ts';
import {
  Device,
  DeviceCollection,
  DeviceList,
  DevicePolicyUpdateRequest,
  DeviceUpdateRequest,
} from './device.ts';
import { DryRunQuery, DryRunResult } from './dry-run.ts';
import type { FaultName } from './fault-catalog.ts';
import { OrganizationProfile } from './organization-profile.ts';
import { ContinuationHeaders } from './resource-collection.ts';
import type { Role } from '../roles.ts';

/** An operation of the API. The routes, the published contract, the SDK's checks and the conformance tests use this table. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path under `/v1`. `{name}` is a path parameter. */
  readonly path: string;
  readonly summary: string;
  /** The URL of Microsoft's documentation. */
  readonly reference: string;
  /** The caller must have one of these roles. */
  readonly roles: readonly Role[];
  /** Documented for signed-in users (app+user) only, not for applications acting as themselves. */
  readonly requiresUser?: true;
  readonly body?: TSchema;
  /** Optional headers and query parameters that the operation itself reads and checks. They are strings. */
  readonly headers?: TSchema;
  readonly query?: TSchema;
  readonly success: { readonly status: 200 | 202 | 204; readonly body?: TSchema };
  /** The body of the 200 that answers `dryRun=true`, where the operation can be tried out. */
  readonly dryRun?: TSchema;
  /** The faults it can return, in addition to those of every operation (401, 403, 429, 500, 503). */
  readonly faults: readonly FaultName[];
}

const docs = 'https://learn.microsoft.com/partner-center/developer';
const uploaders = ['AdminAgents', 'SalesAgents'] as const;
const readers = ['AdminAgents', 'SalesAgents', 'GlobalAdmin'] as const;
/** Roles that can change policies and delete devices. */
const managers = ['AdminAgents'] as const;
/** Operations that can be tried out. */
const tryable = { query: DryRunQuery, dryRun: DryRunResult } as const;
const uploadFaults = ['InvalidInput', 'MalformedBody', 'BodyTooLarge', 'TooManyDevices'] as const;

/** The API of Partner Center, one row per operation. */
export const operations = {
  createDeviceBatch: {
    method: 'POST',
    path: '/customers/{customerId}/deviceBatches',
    summary: 'Create a device batch with its first devices.',
    reference: `${docs}/upload-a-list-of-devices-for-the-specified-customer`,
    roles: uploaders,
    requiresUser: true,
    body: DeviceBatchCreationRequest,
    ...tryable,
    success: { status: 202 },
    faults: [...uploadFaults, 'BatchExists'],
  },
  listDeviceBatches: {
    method: 'GET',
    path: '/customers/{customerId}/deviceBatches',
    summary: 'List all device batches of a customer.',
    reference: `${docs}/get-a-list-of-device-batches-for-the-specified-customer`,
    roles: readers,
    success: { status: 200, body: DeviceBatchCollection },
    faults: [],
  },
  addDevices: {
    method: 'POST',
    path: '/customers/{customerId}/deviceBatches/{batchId}/devices',
    summary: 'Add devices to an existing device batch.',
    reference: `${docs}/upload-a-list-of-devices-to-an-existing-batch-for-the-specified-customer`,
    roles: uploaders,
    body: DeviceList,
    ...tryable,
    success: { status: 202 },
    faults: [...uploadFaults, 'BatchNotFound'],
  },
  listDevices: {
    method: 'GET',
    path: '/customers/{customerId}/deviceBatches/{batchId}/devices',
    summary: 'List the devices of a batch, page by page.',
    reference: `${docs}/get-a-list-of-devices-for-the-specified-batch-and-customer`,
    roles: readers,
    headers: ContinuationHeaders,
    success: { status: 200, body: DeviceCollection },
    faults: ['InvalidInput', 'BatchNotFound'],
  },
  updateDevice: {
    method: 'PUT',
    path: '/customers/{customerId}/deviceBatches/{batchId}/devices/{deviceId}',
    summary: 'Change or remove the policy of a device.',
    reference: `${docs}/device-deployment-resources#device`,
    roles: managers,
    body: DeviceUpdateRequest,
    success: { status: 200, body: Device },
    faults: ['InvalidInput', 'MalformedBody', 'BodyTooLarge', 'BatchNotFound', 'DeviceNotFound'],
  },
  deleteDevice: {
    method: 'DELETE',
    path: '/customers/{customerId}/deviceBatches/{batchId}/devices/{deviceId}',
    summary: 'Remove the registration of a device.',
    reference: `${docs}/delete-a-device-for-the-specified-customer`,
    roles: managers,
    success: { status: 204 },
    faults: ['BatchNotFound', 'DeviceNotFound'],
  },
  updateDevicePolicies: {
    method: 'PATCH',
    path: '/customers/{customerId}/DevicePolicyUpdates',
    summary: 'Change the policies of many devices in one job.',
    reference: `${docs}/update-a-list-of-devices-with-a-policy`,
    roles: managers,
    body: DevicePolicyUpdateRequest,
    ...tryable,
    success: { status: 202 },
    faults: uploadFaults,
  },
  getBatchUploadStatus: {
    method: 'GET',
    path: '/customers/{customerId}/batchJobStatus/{trackingId}',
    summary: 'Get the status of a batch job and of every device in it.',
    reference: `${docs}/get-the-status-of-a-device-batch-upload`,
    roles: readers,
    success: { status: 200, body: BatchUploadDetails },
    faults: ['BatchJobNotFound'],
  },
  createPolicy: {
    method: 'POST',
    path: '/customers/{customerId}/policies',
    summary: 'Create a configuration policy.',
    reference: `${docs}/create-a-new-configuration-policy-for-the-specified-customer`,
    roles: managers,
    body: ConfigurationPolicyCreationRequest,
    success: { status: 200, body: ConfigurationPolicy },
    faults: ['InvalidInput', 'MalformedBody', 'BodyTooLarge', 'TooManyPolicies'],
  },
  listPolicies: {
    method: 'GET',
    path: '/customers/{customerId}/policies',
    summary: 'List all configuration policies of a customer.',
    reference: `${docs}/get-a-list-of-a-customer-s-policies`,
    roles: readers,
    success: { status: 200, body: ConfigurationPolicyCollection },
    faults: [],
  },
  getPolicy: {
    method: 'GET',
    path: '/customers/{customerId}/policies/{policyId}',
    summary: 'Get one configuration policy.',
    reference: `${docs}/get-information-about-a-policy`,
    roles: readers,
    success: { status: 200, body: ConfigurationPolicy },
    faults: ['PolicyNotFound'],
  },
  updatePolicy: {
    method: 'PUT',
    path: '/customers/{customerId}/policies/{policyId}',
    summary: 'Change a configuration policy.',
    reference: `${docs}/update-an-existing-configuration-policy-for-the-specified-customer`,
    roles: managers,
    headers: IfMatchHeader,
    body: ConfigurationPolicyUpdateRequest,
    success: { status: 200, body: ConfigurationPolicy },
    faults: ['InvalidInput', 'MalformedBody', 'BodyTooLarge', 'StaleEtag', 'PolicyNotFound'],
  },
  deletePolicy: {
    method: 'DELETE',
    path: '/customers/{customerId}/policies/{policyId}',
    summary: 'Delete a configuration policy that is not assigned to a device.',
    reference: `${docs}/delete-a-configuration-policy-for-the-specified-customer`,
    roles: managers,
    headers: IfMatchHeader,
    success: { status: 204 },
    faults: ['StaleEtag', 'PolicyNotFound', 'PolicyInUse'],
  },
  listCustomers: {
    method: 'GET',
    path: '/customers',
    summary: "List the partner's customers, page by page.",
    reference: `${docs}/get-a-list-of-customers`,
    roles: readers,
    headers: ContinuationHeaders,
    query: CustomerQuery,
    success: { status: 200, body: CustomerCollection },
    faults: ['InvalidInput'],
  },
  getCustomer: {
    method: 'GET',
    path: '/customers/{customerId}',
    summary: 'Get a customer.',
    reference: `${docs}/get-a-customer-by-id`,
    roles: readers,
    success: { status: 200, body: Customer },
    faults: [],
  },
  getOrganizationProfile: {
    method: 'GET',
    path: '/profiles/organization',
    summary: 'Get the profile of the calling partner.',
    reference: `${docs}/get-an-organization-profile`,
    roles: readers,
    success: { status: 200, body: OrganizationProfile },
    faults: [],
  },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;
