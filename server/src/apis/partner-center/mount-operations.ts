import { decode, operations, parseGuid, type Operation, type OperationId } from '@muster/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../../registry/context.ts';
import { admit, type Gate } from './admission.ts';
import { jsonValuesMax } from '../../http/json-size.ts';
import { digestBody, parseJsonBody } from '../../http/request-body.ts';
import type { UploadOperation } from '../../intake/parse-upload.ts';
import type { UploadReader } from '../../intake/upload-reader.ts';
import { operationHandlers } from './operation-handlers.ts';
import { requestKeyOf, type WireHandler } from './wire-call.ts';

declare module 'fastify' {
  interface FastifyRequest {
    requestKey: string | undefined;
  }
}

/** Mounts the contract's operations: authenticate, authorise, read, validate, then the operation's own handler. */
export function addOperationRoutes(app: FastifyInstance, parts: OperationParts): void {
  app.decorateRequest('requestKey');
  for (const id of Object.keys(operations) as OperationId[]) addRoute(app, parts, id);
}

/** What the operations' routes are made of. */
export interface OperationParts {
  readonly ctx: Context;
  readonly gate: Gate;
  readonly uploads: UploadReader;
  /** The largest body with a list of devices. */
  readonly bodyBytes: number;
}

/** A device with its hash takes 6 kB, a policy less. */
const oneResourceBytes = 256 * 1024;

function addRoute(app: FastifyInstance, parts: OperationParts, id: OperationId): void {
  const { ctx, gate, bodyBytes } = parts;
  const operation: Operation = operations[id];
  // Uploads are checked where they are read, perhaps on another thread.
  const bodySchema = isUpload(id) ? undefined : operation.body;
  // The schema of the body and the handler belong to the same row; the loop over rows cannot show that to the compiler.
  const handler = operationHandlers[id] as WireHandler<unknown>;
  app.route({
    method: operation.method,
    url: `/v1${operation.path.replace(/\{(\w+)\}/g, ':$1')}`,
    ...(bodySchema && { schema: { body: bodySchema } }),
    bodyLimit: takesDevices(id) ? bodyBytes : Math.min(bodyBytes, oneResourceBytes),
    onRequest: (request, reply) => admit(ctx, gate, { request, reply, operationId: id }),
    preValidation: async (request) => {
      if (!request.caller || operation.method === 'GET') return;
      const digest = isUpload(id) ? await readUploadBody(request, parts, id) : digestBody(request.body);
      request.requestKey = requestKeyOf(request, request.caller, digest);
      if (bodySchema)
        request.body = decode(
          bodySchema,
          parseJsonBody(request.body, jsonValuesMax(ctx.limits.devicesPerCall)),
        );
    },
    handler: async (request, reply) => {
      if (!request.caller) throw new Error('A request reached its operation without a caller.');
      const params = request.params as Readonly<Record<string, string>>;
      return handler({
        ctx,
        caller: request.caller,
        customerId: parseGuid(params.customerId) ?? '',
        params,
        query: request.query as Readonly<Record<string, string>>,
        body: request.body,
        requestKey: request.requestKey,
        onReplay: () => {
          reply.header('Muster-Replayed', 'true');
          request.log.info(
            { requestId: request.ms.requestId, operation: id },
            'an earlier response is replayed',
          );
        },
        request,
        reply,
      });
    },
  });
}

/** Whether the body lists any number of devices. */
function takesDevices(id: OperationId): boolean {
  return isUpload(id) || id === 'updateDevicePolicies';
}

function isUpload(id: OperationId): id is UploadOperation {
  return id === 'createDeviceBatch' || id === 'addDevices';
}

/** Puts what was read in the body's place; gives the body's digest. */
async function readUploadBody(
  request: FastifyRequest,
  { ctx, uploads }: OperationParts,
  operation: UploadOperation,
): Promise<string> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const { devicesPerCall } = ctx.limits;
  const read = await uploads.read(body, { operation, devicesPerCall, now: ctx.now().getTime() });
  request.body = read;
  return read.digest;
}
