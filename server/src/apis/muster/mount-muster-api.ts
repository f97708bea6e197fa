import { musterOperations, type MusterOperationId } from '@muster/contract/muster/muster-operations';
import type { FastifyInstance } from 'fastify';
import type { Endpoint } from '../endpoint.ts';
import { mountOperation, type MountParts } from '../mount-operation.ts';
import { auditEndpoints } from './audit-endpoints.ts';
import { deviceEndpoints } from './device-endpoints.ts';
import { hardwareHashEndpoints } from './hardware-hash-endpoints.ts';
import { eventEndpoints } from './event-endpoints.ts';
import { jobEndpoints } from './job-endpoints.ts';
import { webhookEndpoints } from './webhook-endpoints.ts';
import { removalEndpoints } from './removal-endpoints.ts';

/** Every operation of Muster's own API. One without an endpoint does not compile. */
const endpoints: Readonly<Record<MusterOperationId, Endpoint>> = {
  ...jobEndpoints,
  ...webhookEndpoints,
  ...auditEndpoints,
  ...removalEndpoints,
  ...deviceEndpoints,
  ...hardwareHashEndpoints,
  ...eventEndpoints,
};

/** Mounts Muster's own API at /muster/v1. */
export function addMusterRoutes(app: FastifyInstance, parts: MountParts): void {
  for (const id of Object.keys(musterOperations) as MusterOperationId[])
    mountOperation(app, parts, {
      prefix: '/muster/v1',
      id,
      operation: musterOperations[id],
      endpoint: endpoints[id],
    });
}
