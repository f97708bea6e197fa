import { BatchUploadDetails } from '../../../contract/src/partner-center/batch-upload-details.ts';
import { operations } from '../../../contract/src/partner-center/operations.ts';

const operation = operations.getBatchUploadStatus;

/** The seed's request. */
export const seedPath =
  '/v1/customers/47021739-3426-40bf-9601-61b4b6d7c793/batchJobStatus/0127ed8e-ff72-4983-a3d8-e8d8bd378932';

/** The seed's answer, with the progress that ours has. */
const seedAnswer = {
  batchTrackingId: '0127ed8e-ff72-4983-a3d8-e8d8bd378932',
  status: 'finished',
  startedTime: '2017-07-25T10:00:00',
  completedTime: '2017-07-25T10:10:00',
  devicesStatus: [
    {
      serialNumber: '1234567890',
      productKey: '12345-67890-09876-54321-13579',
      status: 'finished_with_errors',
      errorCode: '808',
      errorDescription: 'ZtdDeviceAssignedToOtherTenant',
      attributes: { objectType: 'DeviceUploadDetails' },
    },
  ],
  attributes: { objectType: 'BatchUploadDetails' },
  progress: { total: 1, processed: 1, succeeded: 0, failed: 1 },
};

/** The one operation of the seed as OpenAPI, from the contract: what a mock server needs and nothing that slows it. */
export function seedDocument(): object {
  // Prism reads the example beside the schema, Mockoon the one inside it.
  const schema = { ...BatchUploadDetails, example: seedAnswer };
  const content = { 'application/json': { schema, example: seedAnswer } };
  return {
    openapi: '3.1.0',
    info: { title: 'The status of a device batch upload', version: '1' },
    paths: {
      [`/v1${operation.path}`]: {
        get: {
          summary: operation.summary,
          parameters: [parameter('customerId'), parameter('trackingId')],
          responses: { 200: { description: 'The status.', content } },
        },
      },
    },
  };
}

function parameter(name: string): object {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}
