import { operations, type OperationId } from '@muster/contract';
import type { FastifyInstance } from 'fastify';
import { admit, type Gate } from './admission.ts';
import { batchJobEndpoints } from './batch-job-endpoints.ts';
import { customerEndpoints } from './customer-endpoints.ts';
import { deviceEndpoints } from './device-endpoints.ts';
import type { Endpoint, OperationParts } from './endpoint.ts';
import { policyEndpoints } from './policy-endpoints.ts';

/** Every operation of the contract. One without an endpoint does not compile. */
const endpoints: Readonly<Record<OperationId, Endpoint>> = {
  ...deviceEndpoints,
  ...batchJobEndpoints,
  ...policyEndpoints,
  ...customerEndpoints,
};

/** What the operations' routes are made of. */
export interface MountParts extends OperationParts {
  readonly gate: Gate;
  /** The largest body with a list of devices, in bytes. */
  readonly bodyBytes: number;
}

/** A device with its hash takes 6 kB, a policy less. */
const oneResourceBytes = 256 * 1024;

/** Mounts the contract's operations: admission, then the operation's own endpoint. */
export function addOperationRoutes(app: FastifyInstance, parts: MountParts): void {
  const { ctx, gate, bodyBytes } = parts;
  for (const id of Object.keys(operations) as OperationId[]) {
    const { method, path } = operations[id];
    const { takesDevices, handle } = endpoints[id];
    app.route({
      method,
      url: `/v1${path.replace(/\{(\w+)\}/g, ':$1')}`,
      bodyLimit: takesDevices ? bodyBytes : Math.min(bodyBytes, oneResourceBytes),
      onRequest: (request, reply) => admit(ctx, gate, { request, reply, operationId: id }),
      handler: (request, reply) => handle(parts, request, reply),
    });
  }
}
