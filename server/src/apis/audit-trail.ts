import { parseGuid } from '@muster/contract';
import type { FastifyRequest } from 'fastify';
import type { AuditTrail } from '../registry/audit/audit-change.ts';
import type { Caller } from '../registry/caller.ts';

const textMax = 300;

/** What a request will be recorded as, from its head. */
export function newAuditTrail(
  request: FastifyRequest,
  { caller, operation }: { caller: Caller; operation: string },
): AuditTrail {
  const { customerId: given = '', ...ids } = request.params as Readonly<Record<string, string>>;
  return {
    partnerId: caller.partnerId,
    customerId: parseGuid(given),
    operation,
    result: 'succeeded',
    actor: caller.name,
    userId: caller.userId,
    clientId: caller.clientId,
    ...originOf(request),
    bodyDigest: undefined,
    target: Object.fromEntries(Object.entries(ids).map(([name, value]) => [name, toStorable(value)])),
    isReplay: false,
  };
}

/** Where a request came from, and what it is called. */
export function originOf(
  request: FastifyRequest,
): Pick<AuditTrail, 'address' | 'requestId' | 'correlationId'> {
  const { requestId, correlationId } = request.ms;
  return { address: request.ip, requestId, correlationId };
}

/** Of a digest in base64. */
export function toHex(digest: string): string | undefined {
  return digest === '' ? undefined : Buffer.from(digest, 'base64').toString('hex');
}

/** PostgreSQL stores no NUL and no lone surrogate. */
function toStorable(text: string): string {
  return text.replaceAll('\0', '').slice(0, textMax).toWellFormed();
}
