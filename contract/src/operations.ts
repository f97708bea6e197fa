/**
 * Glossary. One word per thing, Microsoft's where there is one:
 * device batch: a named group of devices of one customer. batch id: its name.
 * batch job: one accepted call that works on devices in the background. batch tracking id: its GUID.
 * batch upload details: the status of a batch job. device upload details: what became of one submitted device.
 * configuration policy: the first-start settings devices get. customer: the organisation the devices belong to.
 * partner: the tenant that acts for its customers. fault: the body of an error answer.
 */
import type { TSchema } from 'typebox';
import { BatchUploadDetails } from './batch-upload-details.ts';
import { DeviceBatchCreationRequest } from './device-batch.ts';
import { DeviceList } from './device.ts';
import type { FaultName } from './fault-catalog.ts';
import type { Role } from './roles.ts';

/** One operation of the wire. Routes, the published contract, the SDK's checks and the conformance suite read this. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/v1`. `{name}` is a path parameter. */
  readonly path: string;
  readonly summary: string;
  /** Microsoft's page. */
  readonly reference: string;
  /** Who may call it: any of these roles. */
  readonly roles: readonly Role[];
  readonly body?: TSchema;
  readonly success: { readonly status: 200 | 202 | 204; readonly body?: TSchema };
  /** The faults it can answer with, beside those every operation shares (401, 403, 500, 503). */
  readonly faults: readonly FaultName[];
}

const docs = 'https://learn.microsoft.com/partner-center/developer';
const uploaders = ['AdminAgents', 'SalesAgents'] as const;
const readers = ['AdminAgents', 'SalesAgents', 'GlobalAdmin'] as const;
const uploadFaults = ['InvalidInput', 'MalformedBody', 'BodyTooLarge', 'TooManyDevices'] as const;

/** The wire, one row per operation. */
export const operations = {
  createDeviceBatch: {
    method: 'POST',
    path: '/customers/{customerId}/deviceBatches',
    summary: 'Create a device batch with its first devices.',
    reference: `${docs}/upload-a-list-of-devices-for-the-specified-customer`,
    roles: uploaders,
    body: DeviceBatchCreationRequest,
    success: { status: 202 },
    faults: [...uploadFaults, 'BatchExists'],
  },
  addDevices: {
    method: 'POST',
    path: '/customers/{customerId}/deviceBatches/{batchId}/devices',
    summary: 'Add devices to an existing device batch.',
    reference: `${docs}/upload-a-list-of-devices-to-an-existing-batch-for-the-specified-customer`,
    roles: uploaders,
    body: DeviceList,
    success: { status: 202 },
    faults: [...uploadFaults, 'BatchNotFound'],
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
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;
