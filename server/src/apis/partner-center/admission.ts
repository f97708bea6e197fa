import { WireError, servedOperations, parseGuid, type ServedOperationId } from '@muster/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { authenticate } from '../../authority/authenticate.ts';
import type { AccessTokenVerifier } from '../../authority/tokens/verify-access-token.ts';
import type { Caller } from '../../registry/caller.ts';
import type { Context } from '../../registry/context.ts';
import { authorizeCustomer } from '../../registry/customers/authorize-customer.ts';
import type { PartnerRequestLog } from '../../registry/partner-requests/partner-request-log.ts';
import type { RateLimit } from '../../http/rate-limit.ts';
import type { Rules } from './rules.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}

/** What requests to the API are checked against. */
export interface Admission {
  readonly verifier: AccessTokenVerifier;
  readonly rateLimit: RateLimit;
  readonly rules: Rules;
  readonly partnerRequests: PartnerRequestLog;
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly operationId: ServedOperationId;
}

/** Records a request of a user, for the reports on MFA. Those of applications alone are exempt from it. */
function recordRequest(
  ctx: Context,
  { partnerRequests }: Admission,
  {
    request,
    caller,
    operationId,
  }: { request: FastifyRequest; caller: Caller; operationId: ServedOperationId },
): void {
  if (caller.userId === undefined) return;
  const { method, path } = servedOperations[operationId];
  const { requestId, correlationId } = request.ms;
  partnerRequests.record({
    partnerId: caller.partnerId,
    requestedAt: ctx.now(),
    requestId,
    correlationId,
    operationName: `${method.charAt(0)}${method.slice(1).toLowerCase()} /v{version}${path}`,
    ipAddress: request.ip,
    userId: caller.userId,
    userPrincipalName: caller.name,
    clientId: caller.clientId,
    isMfaCompliant: caller.hasMfa === true,
  });
}

/**
 * Lets a request in, or throws, before its body is read: token, rate, rules, role, customer, in this order. The one place
 * that decides, for every operation. Waits, with a promise, only for what is not in memory.
 */
export function admit(ctx: Context, admission: Admission, exchange: Exchange): Promise<void> | undefined {
  const caller = authenticate(exchange.request.raw, admission.verifier);
  return caller instanceof Promise
    ? caller.then((verified) => admitCaller(ctx, admission, { ...exchange, caller: verified }))
    : admitCaller(ctx, admission, { ...exchange, caller });
}

function admitCaller(
  ctx: Context,
  admission: Admission,
  exchange: Exchange & { caller: Caller },
): Promise<void> | undefined {
  const { request, reply, operationId, caller } = exchange;
  request.caller = caller;
  const { customerId: given } = request.params as { customerId?: string };
  admission.rateLimit.count(caller.partnerId, given?.toLowerCase());
  recordRequest(ctx, admission, exchange);
  admission.rules.apply(caller, exchange);
  const needed = servedOperations[operationId].roles;
  if (!needed.some((role) => caller.roles.includes(role)))
    throw new WireError('RoleForbidden', { roles: needed.join(' or ') });
  if (given === undefined) return undefined;
  const customerId = parseGuid(given);
  if (customerId === undefined) throw new WireError('InvalidCustomerId');
  const claiming = authorizeCustomer(ctx, caller, customerId);
  return claiming && noteClaim(claiming, reply);
}

/** A mistyped customer id would otherwise look like a customer without devices. */
async function noteClaim(claiming: Promise<boolean>, reply: FastifyReply): Promise<void> {
  if (await claiming) reply.header('Muster-Customer-Claimed', 'true');
}
