import { decode, operations, parseGuid, type Operation, type OperationId } from '@muster/contract';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { admit, type Gate } from '../http/authentication.ts';
import { parseJsonBody } from '../http/request-body.ts';
import { operationHandlers } from './operation-handlers.ts';
import { requestKeyOf, type WireHandler } from './wire-call.ts';

declare module 'fastify' {
  interface FastifyRequest {
    requestKey: string | undefined;
  }
}

/** Mounts the contract's operations: authenticate, authorise, read, validate, then the operation's own handler. */
export function addOperationRoutes(app: FastifyInstance, ctx: Context, gate: Gate): void {
  app.decorateRequest('requestKey');
  for (const id of Object.keys(operations) as OperationId[]) addRoute(app, { ctx, gate, id });
}

function addRoute(
  app: FastifyInstance,
  { ctx, gate, id }: { ctx: Context; gate: Gate; id: OperationId },
): void {
  const operation: Operation = operations[id];
  const { body: bodySchema } = operation;
  // The schema of the body and the handler belong to the same row; the loop over rows cannot show that to the compiler.
  const handler = operationHandlers[id] as WireHandler<unknown>;
  app.route({
    method: operation.method,
    url: `/v1${operation.path.replace(/\{(\w+)\}/g, ':$1')}`,
    ...(bodySchema && { schema: { body: bodySchema } }),
    onRequest: (request) => admit(ctx, gate, { request, operationId: id }),
    preValidation: async (request) => {
      if (!request.caller || operation.method === 'GET') return;
      request.requestKey = requestKeyOf(request, request.caller, request.body);
      if (bodySchema) request.body = decode(bodySchema, parseJsonBody(request.body));
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
        request,
        reply,
      });
    },
  });
}
