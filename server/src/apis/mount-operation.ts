import type { Operation } from '@muster/contract';
import type { FastifyInstance } from 'fastify';
import { admit, type Admission } from './admission.ts';
import { newAuditTrail } from './audit-trail.ts';
import type { Endpoint, OperationParts } from './endpoint.ts';
import { auditChange, type AuditTrail } from '../registry/audit/audit-change.ts';

/** What the operations' routes are made of. */
export interface MountParts extends Omit<OperationParts, 'partnerRequests'> {
  readonly admission: Admission;
  /** The largest body with a list of devices, in bytes. */
  readonly bodyBytes: number;
}

interface MountedOperation {
  /** What stands before the path of the row. */
  readonly prefix: string;
  readonly id: string;
  readonly operation: Operation;
  readonly endpoint: Endpoint;
}

/** A device with its hash takes 6 kB, a policy less. */
const oneResourceBytes = 256 * 1024;

/** Mounts one operation: admission, then its endpoint. */
export function mountOperation(
  app: FastifyInstance,
  parts: MountParts,
  { prefix, id, operation, endpoint }: MountedOperation,
): void {
  const { ctx, admission, bodyBytes } = parts;
  const operationParts = { ...parts, partnerRequests: admission.partnerRequests };
  const { method, path } = operation;
  const { takesDevices } = endpoint;
  const carryOut = method === 'GET' ? endpoint.handle : withAudit(id, endpoint);
  const route = `${prefix}${path.replace(/\{(\w+)\}/g, ':$1')}`;
  app.route({
    method,
    config: { operationId: id },
    url: route,
    bodyLimit: takesDevices ? bodyBytes : Math.min(bodyBytes, oneResourceBytes),
    onRequest: (request, reply, done) => {
      const { customerId } = request.params as { customerId?: string };
      const setHeader = (name: string, value: string): void => void reply.header(name, value);
      const waiting = admit(ctx, admission, { request, customerId, operation, route, setHeader });
      return waiting ?? done();
    },
    handler: (request, reply) => {
      const response = carryOut(operationParts, request, reply);
      // A response that was sent at once is nothing to wait for.
      return response instanceof Promise ? response : undefined;
    },
  });
}

/**
 * Has a change recorded in its own transaction. Uploads write the record in the statement that accepts them: a transaction
 * would cost them three more round trips.
 */
function withAudit(id: string, { takesDevices, handle }: Endpoint): Endpoint['handle'] {
  return (parts, request, reply) => {
    const { caller } = request;
    if (!caller) throw new Error('A request reached its operation without a caller.');
    const audit = newAuditTrail(request, { caller, operation: id });
    if (takesDevices) return handle({ ...parts, ctx: { ...parts.ctx, audit } }, request, reply);
    return auditChange(parts.ctx, audit, async (ctx) => {
      const response = await handle({ ...parts, ctx }, request, reply);
      if (reply.sent) throw new Error(`${id} was answered before its change was committed.`);
      noteMadeId(audit, response);
      return response;
    });
  };
}

/** What a change made is known only from its response. */
function noteMadeId({ target }: AuditTrail, response: unknown): void {
  if (typeof response !== 'object' || response === null || !('id' in response)) return;
  const { id } = response;
  if (typeof id === 'string' && !Object.values(target).includes(id)) target.id = id;
}
