import { hash } from 'node:crypto';
import { parseGuid, type Operation } from '@muster/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from '@muster/contract/schema';
import { toHex } from './audit-trail.ts';
import { sentRequestId } from '../http/ms-headers.ts';
import type { UploadReader } from '../intake/upload-reader.ts';
import type { Call } from '../registry/call.ts';
import type { Context } from '../registry/context.ts';
import type { PartnerRequestLog } from '../registry/partner-requests/partner-request-log.ts';
import { readDryRun } from './read-dry-run.ts';

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
  /** Whether the call is a dry run, which must not store anything. */
  readonly isDryRun: boolean;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** How an operation of a contract is carried out, its body included. */
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
export type BodyOf<Row extends Operation> = Row extends { body: infer Schema extends TSchema }
  ? Static<Schema>
  : undefined;

/** The body of its response, or of that to a dry run. */
export type ResultOf<Row extends Operation> =
  | (Row['success'] extends { body: infer Schema extends TSchema } ? Static<Schema> : never)
  | (Row extends { dryRun: infer Schema extends TSchema } ? Static<Schema> : never);

interface Exchange {
  readonly id: string;
  readonly operation: Operation;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Of the body. */
  readonly digest: string;
}

/** A request that passed admission, as its operation takes it; the body is added by whoever reads it. */
export function newCall(
  { ctx, partnerRequests }: OperationParts,
  exchange: Exchange,
): Omit<OperationCall, 'body'> {
  const { id, operation, request, reply } = exchange;
  const { caller } = request;
  if (!caller) throw new Error('A request reached its operation without a caller.');
  if (ctx.audit) ctx.audit.bodyDigest = toHex(exchange.digest);
  const params = request.params as Readonly<Record<string, string>>;
  return {
    ctx,
    partnerRequests,
    caller,
    customerId: parseGuid(params.customerId) ?? '',
    params,
    query: request.query as Readonly<Record<string, unknown>>,
    isDryRun: readDryRun(operation, request.query),
    requestKey: requestKeyOf(caller, exchange),
    onReplay: () => {
      if (ctx.audit) ctx.audit.isReplay = true;
      reply.header('Muster-Replayed', 'true');
      request.log.info({ requestId: request.ms.requestId, operation: id }, 'an earlier response is replayed');
    },
    request,
    reply,
  };
}

/**
 * The key of an idempotent call: caller, method, path, body and MS-RequestId together. The ID alone is not sufficient,
 * because a .NET RequestContext sends the same ID with every call (`docs/wire.md` 2).
 */
function requestKeyOf(caller: Call['caller'], { operation, request, digest }: Exchange): string | undefined {
  const requestId = sentRequestId(request);
  if (requestId === undefined || operation.method === 'GET') return undefined;
  const { partnerId, clientId, userId = '' } = caller;
  const parts = [partnerId, clientId, userId, request.method, request.url, requestId, digest];
  const key = hash('sha256', parts.join('\n'));
  return `${key.slice(0, 8)}-${key.slice(8, 12)}-${key.slice(12, 16)}-${key.slice(16, 20)}-${key.slice(20, 32)}`;
}
