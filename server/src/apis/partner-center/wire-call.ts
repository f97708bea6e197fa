import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../registry/caller.ts';
import type { Context } from '../../registry/context.ts';
import { sentRequestId } from '../../http/ms-headers.ts';

/** A request to an operation: who, with what, after authentication, authorisation and validation. */
export interface WireCall<Body = undefined> {
  readonly ctx: Context;
  readonly caller: Caller;
  /** In lower case; the empty text for operations without a customer. */
  readonly customerId: string;
  /** Path parameters, percent-decoded, in the client's spelling. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Body;
  /** Identifies a repeat of this very call; undefined when the client sent no MS-RequestId. */
  readonly requestKey: string | undefined;
  /** Says in the response and in the log that it is a replay. */
  readonly onReplay: () => void;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Answers one operation of the wire: schema in, one operation, headers out. */
export type WireHandler<Body = undefined> = (call: WireCall<Body>) => Promise<unknown>;

/**
 * The key of an idempotent call: caller, method, path, body and MS-RequestId together. The id alone would not do,
 * because a .NET RequestContext sends one id on every call it makes (`docs/wire.md` 2).
 */
export function requestKeyOf(
  request: FastifyRequest,
  caller: Caller,
  bodyDigest: string,
): string | undefined {
  const requestId = sentRequestId(request);
  if (requestId === undefined) return undefined;
  const parts = [
    caller.partnerId,
    caller.clientId,
    caller.userId ?? '',
    request.method,
    request.url,
    requestId,
    bodyDigest,
  ];
  const digest = hash('sha256', parts.join('\n'));
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-${digest.slice(12, 16)}-${digest.slice(16, 20)}-${digest.slice(20, 32)}`;
}

/** 202 with an empty body, and where to ask: relative and without `/v1`, as every client takes it apart (`docs/wire.md` 4). */
export function sendAccepted(call: WireCall<unknown>, trackingId: string): FastifyReply {
  return call.reply
    .code(202)
    .header('Location', `/customers/${call.params.customerId ?? ''}/batchJobStatus/${trackingId}`)
    .header('Content-Length', '0')
    .send();
}

/** 204, as Microsoft's service answers a DELETE. */
export function sendDeleted({ reply }: WireCall<unknown>): FastifyReply {
  return reply.code(204).send();
}
