import type { Static, TSchema } from 'typebox';
import type { operations, OperationId } from '../partner-center/operations.ts';
import { exampleValues } from './example-values.ts';
import type { Example } from './open-api-types.ts';

type SuccessOf<Id extends OperationId> = (typeof operations)[Id]['success'];
type WithBody<Id extends OperationId> = SuccessOf<Id> extends { body: TSchema } ? Id : never;
type OperationIdWithAnswer = { [Id in OperationId]: WithBody<Id> }[OperationId];
type AnswerOf<Id extends OperationId> =
  SuccessOf<Id> extends { body: infer S extends TSchema } ? Static<S> : never;
type Answers<Id extends OperationId> = Readonly<
  Record<string, { readonly summary: string; readonly value: AnswerOf<Id> }>
>;

const { customerId, batchId, deviceId, policyId, trackingId, tenantId } = exampleValues;

const policy: AnswerOf<'getPolicy'> = {
  id: policyId,
  name: 'Kiosk',
  category: 'o_o_b_e',
  description: 'For the shops',
  devicesAssignedCount: 3,
  devicesAssigned: 3,
  policySettings: ['skip_express_settings', 'skip_eula'],
  createdDate: '2026-07-25T10:00:00.000Z',
  lastModifiedDate: '2026-07-26T08:30:00.000Z',
  attributes: { etag: exampleValues.etag, objectType: 'ConfigurationPolicy' },
};

const device: AnswerOf<'updateDevice'> = {
  id: deviceId,
  serialNumber: '1R9-ZNP67',
  modelName: 'Book 3',
  oemManufacturerName: 'Contoso',
  policies: [{ key: 'o_o_b_e', value: policyId }],
  uploadedDate: '2026-07-25T10:00:00.000Z',
  attributes: { objectType: 'Device' },
};

const customer: AnswerOf<'getCustomer'> = {
  id: customerId,
  companyProfile: {
    tenantId: customerId,
    domain: 'fabrikam.onmicrosoft.com',
    companyName: 'Fabrikam',
    attributes: { objectType: 'CustomerCompanyProfile' },
  },
  relationshipToPartner: 'reseller',
  attributes: { objectType: 'Customer' },
};

const devicesUri = `/customers/${customerId}/deviceBatches/${encodeURIComponent(batchId)}/devices`;
const collection = { objectType: 'Collection' } as const;

function link(uri: string): { uri: string; method: string; headers: [] } {
  return { uri, method: 'GET', headers: [] };
}

const finished: AnswerOf<'getBatchUploadStatus'> = {
  batchTrackingId: trackingId,
  status: 'finished',
  startedTime: '2026-07-25T10:00:00.041Z',
  completedTime: '2026-07-25T10:00:00.127Z',
  devicesStatus: [
    {
      serialNumber: '1234567890',
      productKey: '12345-67890-09876-54321-13579',
      status: 'finished_with_errors',
      errorCode: '808',
      errorDescription: 'ZtdDeviceAssignedToOtherTenant',
      attributes: { objectType: 'DeviceUploadDetails' },
    },
    {
      deviceId,
      serialNumber: '1R9-ZNP67',
      status: 'finished',
      attributes: { objectType: 'DeviceUploadDetails' },
    },
  ],
  attributes: { objectType: 'BatchUploadDetails' },
  progress: { total: 2, processed: 2, succeeded: 1, failed: 1 },
};

const queued: AnswerOf<'getBatchUploadStatus'> = {
  batchTrackingId: trackingId,
  status: 'queued',
  devicesStatus: [
    { serialNumber: '1R9-ZNP67', status: 'queued', attributes: { objectType: 'DeviceUploadDetails' } },
  ],
  attributes: { objectType: 'BatchUploadDetails' },
  progress: { total: 1, processed: 0, succeeded: 0, failed: 0 },
};

/** What success looks like. The compiler holds every example to the schema of its operation. */
export const responseExamples: { readonly [Id in OperationIdWithAnswer]: Answers<Id> } = {
  getBatchUploadStatus: {
    finished: { summary: 'A finished job: one device was refused, one registered', value: finished },
    queued: { summary: 'A job that waits', value: queued },
  },
  listDeviceBatches: {
    one: {
      summary: 'One batch',
      value: {
        totalCount: 1,
        items: [
          {
            id: batchId,
            createdBy: 'Sample application',
            creationDate: '2026-07-25T10:00:00.000Z',
            status: 'finished',
            devicesCount: 250,
            deviceCount: 250,
            devicesLink: link(devicesUri),
            attributes: { objectType: 'DeviceBatch' },
          },
        ],
        links: { self: link(`/customers/${customerId}/deviceBatches`) },
        attributes: collection,
      },
    },
    none: {
      summary: 'A customer without batches: no error',
      value: {
        totalCount: 0,
        items: [],
        links: { self: link(`/customers/${customerId}/deviceBatches`) },
        attributes: collection,
      },
    },
  },
  listDevices: {
    first: {
      summary: 'The first page of several',
      value: {
        totalCount: 250,
        items: [device],
        links: {
          self: link(devicesUri),
          next: {
            uri: devicesUri,
            method: 'GET',
            headers: [{ key: 'MS-ContinuationToken', value: exampleValues.continuationToken }],
          },
        },
        attributes: collection,
        continuationToken: exampleValues.continuationToken,
      },
    },
  },
  updateDevice: { updated: { summary: 'The device as it is now', value: device } },
  createPolicy: {
    created: { summary: 'The new policy', value: { ...policy, devicesAssigned: 0, devicesAssignedCount: 0 } },
  },
  listPolicies: {
    one: {
      summary: 'One policy',
      value: {
        totalCount: 1,
        items: [policy],
        links: { self: link(`/customers/${customerId}/policies`) },
        attributes: collection,
      },
    },
  },
  getPolicy: { policy: { summary: 'A policy', value: policy } },
  updatePolicy: {
    updated: {
      summary: 'The policy as it is now, with a new etag',
      value: { ...policy, attributes: { etag: '2', objectType: 'ConfigurationPolicy' } },
    },
  },
  listCustomers: {
    one: {
      summary: 'The only page',
      value: {
        totalCount: 1,
        items: [customer],
        links: { self: link('/customers?size=500') },
        attributes: collection,
      },
    },
  },
  getCustomer: { customer: { summary: 'A customer', value: customer } },
  getOrganizationProfile: {
    profile: {
      summary: 'The partner',
      value: {
        id: tenantId,
        companyName: 'Contoso Partners',
        defaultAddress: { country: '' },
        tenantId,
        domain: 'contoso.onmicrosoft.com',
        language: 'en',
        culture: 'en-US',
        profileType: 'organization_profile',
        attributes: { objectType: 'OrganizationProfile' },
      },
    },
  },
};

/** The examples of one operation; undefined for one whose success has no body. */
export function responseExamplesOf(id: OperationId): Readonly<Record<string, Example>> | undefined {
  return Object.entries(responseExamples).find(([name]) => name === id)?.[1];
}
