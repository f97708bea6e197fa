import { hash } from 'node:crypto';
import {
  decode,
  parseGuid,
  servedOperations,
  type Operation,
  type ServedOperationId,
} from '@muster/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { jsonValuesMax } from '../../http/json-size.ts';
import { sentRequestId } from '../../http/ms-headers.ts';
import { digestBody, parseJsonBody } from '../../http/request-body.ts';
import type { UploadBody } from '../../intake/parse-task.ts';
import type { UploadReader } from '../../intake/upload-reader.ts';
import type { Call } from '../../registry/call.ts';
import type { Context } from '../../registry/context.ts';
import type { PartnerRequestLog } from '../../registry/partner-requests/partner-request-log.ts';
import { createCheck } from './check-shape.ts';
import type { UploadOperation } from './parse-upload.ts';

/** What operations work with. */
export interface OperationParts {
  readonly ctx: Context;
  readonly uploads: UploadReader;
  /** What users requested, for the reports on MFA. */
  readonly partnerRequests: PartnerRequestLog;
}

/** A request to an operation that passed admission. */
export interface OperationCall<Body = undefined> extends Call {
  readonly ctx: Context;
  readonly partnerRequests: PartnerRequestLog;
  /** Path parameters, percent-decoded, in the client's spelling. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Body;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** How an operation of the contract is carried out, its body included. */
export interface Endpoint {
  /** Whether its body lists any number of devices, and so may be large. */
  readonly takesDevices: boolean;
  readonly handle: (
    parts: OperationParts,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<unknown> | FastifyReply;
}

/** The body of an operation, as its row of the contract describes it. */
type BodyOf<Id extends ServedOperationId> = (typeof servedOperations)[Id] extends {
  body: infer Schema extends TSchema;
}
  ? Static<Schema>
  : undefined;

/** The body of its response, or the response that was sent. */
type ResponseOf<Id extends ServedOperationId> =
  | FastifyReply
  | ((typeof servedOperations)[Id]['success'] extends { body: infer Schema extends TSchema }
      ? Static<Schema>
      : never);

/** Calls a verb and puts what it returns into Partner Center's shape. One that need not wait sends the response at once. */
type Handler<Id extends ServedOperationId, Body> = (
  call: OperationCall<Body>,
) => Promise<ResponseOf<Id>> | FastifyReply;

/** An operation whose body, if it has one, is read by its schema in the contract. */
export function endpoint<Id extends ServedOperationId>(
  id: Id,
  handler: Handler<Id, BodyOf<Id>>,
  { takesDevices = false } = {},
): Endpoint {
  const { body: schema }: Operation = servedOperations[id];
  const check = schema && createCheck(schema);
  return {
    takesDevices,
    handle: (parts, request, reply) => {
      const { ctx } = parts;
      const digest = digestBody(request.body);
      const body =
        schema && decode(schema, parseJsonBody(request.body, jsonValuesMax(ctx.limits.devicesPerCall)));
      check?.(body);
      return handler({ ...newCall(parts, { id, request, reply, digest }), body: body as BodyOf<Id> });
    },
  };
}

/** An operation whose body is an upload, with hardware hashes: read on a worker thread when it is large. */
export function uploadEndpoint<Id extends UploadOperation>(
  id: Id,
  handler: Handler<Id, UploadBody>,
): Endpoint {
  return {
    takesDevices: true,
    handle: async (parts, request, reply) => {
      const { ctx, uploads } = parts;
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const { devicesPerCall } = ctx.limits;
      const body = await uploads.read(bytes, { operation: id, devicesPerCall, now: ctx.now().getTime() });
      return handler({ ...newCall(parts, { id, request, reply, digest: body.digest }), body });
    },
  };
}

interface Exchange {
  readonly id: ServedOperationId;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Of the body. */
  readonly digest: string;
}

function newCall({ ctx, partnerRequests }: OperationParts, exchange: Exchange): Omit<OperationCall, 'body'> {
  const { id, request, reply } = exchange;
  const { caller } = request;
  if (!caller) throw new Error('A request reached its operation without a caller.');
  const params = request.params as Readonly<Record<string, string>>;
  return {
    ctx,
    partnerRequests,
    caller,
    customerId: parseGuid(params.customerId) ?? '',
    params,
    query: request.query as Readonly<Record<string, unknown>>,
    requestKey: requestKeyOf(caller, exchange),
    onReplay: () => {
      reply.header('Muster-Replayed', 'true');
      request.log.info({ requestId: request.ms.requestId, operation: id }, 'an earlier response is replayed');
    },
    request,
    reply,
  };
}

/**
 * The key of an idempotent call: caller, method, path, body and MS-RequestId together. The id alone would not do,
 * because a .NET RequestContext sends one id on every call it makes (`docs/wire.md` 2).
 */
function requestKeyOf(caller: Call['caller'], { id, request, digest }: Exchange): string | undefined {
  const requestId = sentRequestId(request);
  if (requestId === undefined || servedOperations[id].method === 'GET') return undefined;
  const { partnerId, clientId, userId = '' } = caller;
  const parts = [partnerId, clientId, userId, request.method, request.url, requestId, digest];
  const key = hash('sha256', parts.join('\n'));
  return `${key.slice(0, 8)}-${key.slice(8, 12)}-${key.slice(12, 16)}-${key.slice(16, 20)}-${key.slice(20, 32)}`;
}

/** 202 with an empty body, and where to ask: relative and without `/v1`, as every client takes it apart (`docs/wire.md` 4). */
export function sendAccepted(
  { params, reply }: Pick<OperationCall, 'params' | 'reply'>,
  trackingId: string,
): FastifyReply {
  return reply
    .code(202)
    .header('Location', `/customers/${params.customerId ?? ''}/batchJobStatus/${trackingId}`)
    .header('Content-Length', '0')
    .send();
}

/** 204, as Microsoft's service answers a DELETE. */
export function sendDeleted({ reply }: Pick<OperationCall, 'reply'>): FastifyReply {
  return reply.code(204).send();
}
