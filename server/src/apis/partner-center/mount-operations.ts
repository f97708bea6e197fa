import { servedOperations, type Operation, type ServedOperationId } from '@muster/contract';
import type { FastifyInstance } from 'fastify';
import { admit, type Admission } from '../admission.ts';
import { batchJobEndpoints } from './batch-job-endpoints.ts';
import { customerEndpoints } from './customer-endpoints.ts';
import { deviceEndpoints } from './device-endpoints.ts';
import type { Endpoint, OperationParts } from './endpoint.ts';
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

/** What the operations' routes are made of. */
export interface MountParts extends Omit<OperationParts, 'partnerRequests'> {
  readonly admission: Admission;
  /** The largest body with a list of devices, in bytes. */
  readonly bodyBytes: number;
}

/** A device with its hash takes 6 kB, a policy less. */
const oneResourceBytes = 256 * 1024;

/** Mounts the contract's operations: admission, then the operation's own endpoint. */
export function addOperationRoutes(app: FastifyInstance, parts: MountParts): void {
  const { ctx, admission, bodyBytes } = parts;
  const operationParts = { ...parts, partnerRequests: admission.partnerRequests };
  for (const id of Object.keys(servedOperations) as ServedOperationId[]) {
    const operation: Operation = servedOperations[id];
    const { method, path } = operation;
    const { takesDevices, handle } = endpoints[id];
    app.route({
      method,
      url: `/v1${path.replace(/\{(\w+)\}/g, ':$1')}`,
      bodyLimit: takesDevices ? bodyBytes : Math.min(bodyBytes, oneResourceBytes),
      onRequest: (request, reply, done) => {
        const waiting = admit(ctx, admission, { request, reply, operation });
        return waiting ?? done();
      },
      handler: (request, reply) => {
        const response = handle(operationParts, request, reply);
        // A response that was sent at once is nothing to wait for.
        return response instanceof Promise ? response : undefined;
      },
    });
  }
}
