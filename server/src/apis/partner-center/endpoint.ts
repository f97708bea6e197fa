import { decode, servedOperations, type Operation, type ServedOperationId } from '@muster/contract';
import type { FastifyReply } from 'fastify';
import { jsonValuesMax } from '../../http/json-size.ts';
import { digestBody, parseJsonBody } from '../../http/request-body.ts';
import type { UploadBody } from '../../intake/parse-task.ts';
import { createCheck } from '../check-shape.ts';
import { newCall, type BodyOf, type Endpoint, type OperationCall, type ResultOf } from '../endpoint.ts';
import type { UploadOperation } from './parse-upload.ts';

type Row<Id extends ServedOperationId> = (typeof servedOperations)[Id];

/** Calls a verb and puts what it returns into Partner Center's shape. One that need not wait sends the response at once. */
type Handler<Id extends ServedOperationId, Body> = (
  call: OperationCall<Body>,
) => Promise<FastifyReply | ResultOf<Row<Id>> | undefined> | FastifyReply;

/** An operation whose body, if it has one, is read by its schema in the contract. */
export function endpoint<Id extends ServedOperationId>(
  id: Id,
  handler: Handler<Id, BodyOf<Row<Id>>>,
  { takesDevices = false } = {},
): Endpoint {
  const operation: Operation = servedOperations[id];
  const { body: schema } = operation;
  const check = schema && createCheck(schema);
  return {
    takesDevices,
    handle: (parts, request, reply) => {
      const { ctx } = parts;
      const digest = digestBody(request.body);
      const body =
        schema && decode(schema, parseJsonBody(request.body, jsonValuesMax(ctx.limits.devicesPerCall)));
      check?.(body);
      return handler({
        ...newCall(parts, { id, operation, request, reply, digest }),
        body: body as BodyOf<Row<Id>>,
      });
    },
  };
}

/** An operation whose body is an upload, with hardware hashes: read on a worker thread when it is large. */
export function uploadEndpoint<Id extends UploadOperation>(
  id: Id,
  handler: Handler<Id, UploadBody>,
): Endpoint {
  const operation = servedOperations[id];
  return {
    takesDevices: true,
    handle: async (parts, request, reply) => {
      const { ctx, uploads } = parts;
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const { devicesPerCall } = ctx.limits;
      const body = await uploads.read(bytes, { operation: id, devicesPerCall, now: ctx.now().getTime() });
      const { digest } = body;
      return handler({ ...newCall(parts, { id, operation, request, reply, digest }), body });
    },
  };
}

/** 202 with an empty body, and where to ask: relative and without `/v1`, as every client takes it apart (`docs/wire.md` 4). */
export function sendAccepted(
  { params, reply }: Pick<OperationCall, 'params' | 'reply'>,
  trackingId: string,
): undefined {
  void reply
    .code(202)
    .header('Location', `/customers/${params.customerId ?? ''}/batchJobStatus/${trackingId}`)
    .header('Content-Length', '0');
}

/** 204, as Microsoft's service answers a DELETE. It is sent when the deletion is committed. */
export function sendDeleted({ reply }: Pick<OperationCall, 'reply'>): undefined {
  void reply.code(204);
}
