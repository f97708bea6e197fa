import type { Operation } from '@muster/contract';
import type { FastifyInstance } from 'fastify';
import { admit, type Admission } from './admission.ts';
import type { Endpoint, OperationParts } from './endpoint.ts';

/** What the operations' routes are made of. */
export interface MountParts extends Omit<OperationParts, 'partnerRequests'> {
  readonly admission: Admission;
  /** The largest body with a list of devices, in bytes. */
  readonly bodyBytes: number;
}

interface MountedOperation {
  /** What stands before the path of the row. */
  readonly prefix: string;
  readonly operation: Operation;
  readonly endpoint: Endpoint;
}

/** A device with its hash takes 6 kB, a policy less. */
const oneResourceBytes = 256 * 1024;

/** Mounts one operation: admission, then its endpoint. */
export function mountOperation(
  app: FastifyInstance,
  parts: MountParts,
  { prefix, operation, endpoint }: MountedOperation,
): void {
  const { ctx, admission, bodyBytes } = parts;
  const operationParts = { ...parts, partnerRequests: admission.partnerRequests };
  const { method, path } = operation;
  const { takesDevices, handle } = endpoint;
  const route = `${prefix}${path.replace(/\{(\w+)\}/g, ':$1')}`;
  app.route({
    method,
    url: route,
    bodyLimit: takesDevices ? bodyBytes : Math.min(bodyBytes, oneResourceBytes),
    onRequest: (request, reply, done) => {
      const { customerId } = request.params as { customerId?: string };
      const setHeader = (name: string, value: string): void => void reply.header(name, value);
      const waiting = admit(ctx, admission, { request, customerId, operation, route, setHeader });
      return waiting ?? done();
    },
    handler: (request, reply) => {
      const response = handle(operationParts, request, reply);
      // A response that was sent at once is nothing to wait for.
      return response instanceof Promise ? response : undefined;
    },
  });
}
