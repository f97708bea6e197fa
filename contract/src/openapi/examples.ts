import clientRequests from '../examples/client-requests.json' with { type: 'json' };
import auditExamples from '../examples/muster/audit-record.json' with { type: 'json' };
import deviceExamples from '../examples/muster/device.json' with { type: 'json' };
import hardwareHashExamples from '../examples/muster/hardware-hash.json' with { type: 'json' };
import jobExamples from '../examples/muster/job.json' with { type: 'json' };
import eventExamples from '../examples/muster/event.json' with { type: 'json' };
import webhookExamples from '../examples/muster/webhook-endpoint.json' with { type: 'json' };
import removalExamples from '../examples/muster/removal.json' with { type: 'json' };
import requests from '../examples/requests.json' with { type: 'json' };
import responses from '../examples/responses.json' with { type: 'json' };
import type { Example } from './open-api-types.ts';

/**
 * The values used in the examples of the document. The IDs of the customer and the job are those on Microsoft's page
 * about the status of a device batch upload. Tests that replay the examples replace them with real IDs.
 */
export const exampleValues = {
  customerId: '47021739-3426-40bf-9601-61b4b6d7c793',
  batchId: 'Test batch',
  trackingId: '0127ed8e-ff72-4983-a3d8-e8d8bd378932',
  deviceId: '2be3d3a6-e4ca-4280-835e-18576f85a8f9',
  policyId: 'ffd4211c-aece-4d3b-8353-4b43af162d9e',
  endpointId: '019abc4e-2f5a-7c31-9f6d-8a1f3b6c2d10',
  eventId: '5d0f7a51-1c0e-4b9a-9d53-0c6f1f6f3a8e',
  tenantId: '2fcb4ab4-5f7e-4c1c-9f0d-2a3b6a6c7d10',
  clientId: 'f1b5d5c9-6a37-4a58-8c3e-6d3d9a0c1b22',
  clientSecret: 'the-secret-of-the-application',
  userName: 'ada@contoso.onmicrosoft.com',
  password: 'the-password-of-the-user',
  refreshToken: 'the-refresh-token-of-a-sign-in',
  continuationToken: 'qBQ8cAe1yJNlZkqY3m0nVwJXoM0bA1c2MDE5M2Y',
  cursor: 'Zk0yQ3pUd0lXb0E1ZTZmYjc4YzkwZDEyMzQ1Njc4OTA',
  etag: '1',
} as const;

type Examples = Readonly<Record<string, Example>>;

/** The examples of Muster's own API, one file per noun. */
const musterExamples: Readonly<
  Record<string, { readonly requests?: Examples; readonly responses?: Examples; readonly dryRuns?: Examples }>
> = {
  ...jobExamples,
  ...deviceExamples,
  ...webhookExamples,
  ...auditExamples,
  ...removalExamples,
  ...hardwareHashExamples,
  ...eventExamples,
};

/** The example request bodies of an operation, in the spelling of its schema; undefined for an operation without a body. */
export function requestExamplesOf(id: string): Examples | undefined {
  return musterExamples[id]?.requests ?? find(requests, id);
}

/** The same requests as Partner Center's clients write them. The service accepts them all; the JSON schema does not. */
export function clientRequestsOf(id: string): Examples | undefined {
  return find(clientRequests, id);
}

/** The example response bodies of an operation; undefined if its success has no body. */
export function responseExamplesOf(id: string): Examples | undefined {
  return musterExamples[id]?.responses ?? find(responses, id);
}

/** The example response bodies of a dry run of an operation. */
export function dryRunExamplesOf(id: string): Examples | undefined {
  return musterExamples[id]?.dryRuns ?? find(responses, id);
}

function find(examples: Readonly<Record<string, Examples>>, id: string): Examples | undefined {
  return examples[id];
}
