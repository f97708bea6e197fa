import { WireError, servedOperations, parseGuid, type ServedOperationId } from '@muster/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { authenticate } from '../../authority/authenticate.ts';
import type { VerifyAccessToken } from '../../authority/tokens/verify-access-token.ts';
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

/** What a request to the API has to pass. */
export interface Gate {
  readonly verify: VerifyAccessToken;
  readonly rateLimit: RateLimit;
  readonly rules: Rules;
  readonly partnerRequests: PartnerRequestLog;
}

/** Lets a request in, before its body is read: who, not too often, with the role, for a customer of theirs. */
export async function admit(
  ctx: Context,
  gate: Gate,
  exchange: { request: FastifyRequest; reply: FastifyReply; operationId: ServedOperationId },
): Promise<void> {
  const { request, reply, operationId } = exchange;
  const caller = await authenticate(request, gate.verify);
  request.caller = caller;
  const { customerId } = request.params as { customerId?: string };
  gate.rateLimit.count(caller.partnerId, customerId?.toLowerCase());
  recordRequest(ctx, gate, { request, caller, operationId });
  gate.rules.apply(caller, exchange);
  // A mistyped customer id would otherwise look like a customer without devices.
  if (await authorize(ctx, caller, request, operationId)) reply.header('Muster-Customer-Claimed', 'true');
}

/** Records a request of a user, for the reports on MFA. Those of applications alone are exempt from it. */
function recordRequest(
  ctx: Context,
  { partnerRequests }: Gate,
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

/** Refuses a caller without the role, or without this customer. Returns whether the customer is the caller's by this request. */
async function authorize(
  ctx: Context,
  caller: Caller,
  request: FastifyRequest,
  id: ServedOperationId,
): Promise<boolean> {
  const needed = servedOperations[id].roles;
  if (!needed.some((role) => caller.roles.includes(role)))
    throw new WireError('RoleForbidden', { roles: needed.join(' or ') });
  const { customerId: given } = request.params as { customerId?: string };
  if (given === undefined) return false;
  const customerId = parseGuid(given);
  if (customerId === undefined) throw new WireError('InvalidCustomerId');
  return authorizeCustomer(ctx, caller, customerId);
}
