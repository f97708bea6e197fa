import { servedOperations, type ServedOperationId } from '@muster/contract';
import type { FastifyInstance } from 'fastify';
import type { Endpoint } from '../endpoint.ts';
import { mountOperation, type MountParts } from '../mount-operation.ts';
import { batchJobEndpoints } from './batch-job-endpoints.ts';
import { customerEndpoints } from './customer-endpoints.ts';
import { deviceEndpoints } from './device-endpoints.ts';
import { mfaReportEndpoints } from './mfa-report-endpoints.ts';
import { policyEndpoints } from './policy-endpoints.ts';

/** Every operation of the contract. One without an endpoint does not compile. */
const endpoints: Readonly<Record<ServedOperationId, Endpoint>> = {
  ...deviceEndpoints,
  ...batchJobEndpoints,
  ...policyEndpoints,
  ...customerEndpoints,
  ...mfaReportEndpoints,
};

/** Mounts the operations of Partner Center's API at /v1. */
export function addOperationRoutes(app: FastifyInstance, parts: MountParts): void {
  for (const id of Object.keys(servedOperations) as ServedOperationId[])
    mountOperation(app, parts, {
      prefix: '/v1',
      id,
      operation: servedOperations[id],
      endpoint: endpoints[id],
    });
}
