import { WireError, parseGuid, type Operation } from '@muster/contract';
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { authenticate } from '../authority/authenticate.ts';
import type { AccessTokenVerifier } from '../authority/tokens/verify-access-token.ts';
import type { RateLimit } from '../http/rate-limit.ts';
import type { Caller } from '../registry/caller.ts';
import type { Context } from '../registry/context.ts';
import { authorizeCustomer } from '../registry/customers/authorize-customer.ts';
import type { PartnerRequestLog } from '../registry/partner-requests/partner-request-log.ts';
import { readDryRun } from './read-dry-run.ts';
import type { Rules } from './partner-center/rules.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}

/** What requests under a partner's token are checked against. */
export interface Admission {
  readonly verifier: AccessTokenVerifier;
  readonly rateLimit: RateLimit;
  readonly rules: Rules;
  readonly partnerRequests: PartnerRequestLog;
}

/** A request to an operation. The status shortcut makes one as well, before the framework has seen the request. */
export interface Exchange {
  readonly request: Pick<FastifyRequest, 'raw' | 'ms' | 'ip' | 'query' | 'caller'>;
  /** As the path has it. */
  readonly customerId: string | undefined;
  /** The row of the operation in its API's table. */
  readonly operation: Pick<Operation, 'method' | 'roles' | 'requiresUser' | 'dryRun'>;
  /** The pattern of the path, with the API's prefix. */
  readonly route: string;
  /** Sets a header of the response, whatever its status will be. */
  readonly setHeader: (name: string, value: string) => void;
}

/** What was decided ahead of the routes. They go on with it, so that a request is counted once. */
interface Decision {
  readonly caller: Caller | undefined;
  readonly outcome: () => Promise<void> | undefined;
}

const decisions = new WeakMap<IncomingMessage, Decision>();

/**
 * Admits a request, or throws, before its body is read: token, rate, rules, role, customer, in this order. The one place that
 * decides, for every operation of every API under a partner's token. Returns a promise only if it must wait for something
 * that is not in memory.
 */
export function admit(ctx: Context, admission: Admission, exchange: Exchange): Promise<void> | undefined {
  const { request } = exchange;
  const decision = decisions.get(request.raw);
  if (decision) {
    request.caller = decision.caller;
    return decision.outcome();
  }
  const caller = authenticate(request.raw, admission.verifier);
  return caller instanceof Promise
    ? caller.then((verified) => admitCaller(ctx, admission, { ...exchange, caller: verified }))
    : admitCaller(ctx, admission, { ...exchange, caller });
}

/** Admits a request ahead of the routes: true. Where this must wait or is refused, the routes go on with that: false. */
export function admitAhead(ctx: Context, admission: Admission, exchange: Exchange): boolean {
  const { request } = exchange;
  const leave = (outcome: Decision['outcome']): false => {
    decisions.set(request.raw, { caller: request.caller, outcome });
    return false;
  };
  try {
    const waiting = admit(ctx, admission, exchange);
    return waiting === undefined || leave(() => waiting);
  } catch (error) {
    return leave(() => {
      throw error;
    });
  }
}

function admitCaller(
  ctx: Context,
  admission: Admission,
  exchange: Exchange & { caller: Caller },
): Promise<void> | undefined {
  const { request, customerId: given, operation, caller } = exchange;
  request.caller = caller;
  admission.rateLimit.count(caller.partnerId, given?.toLowerCase());
  recordRequest(ctx, admission, exchange);
  admission.rules.apply(caller, exchange);
  if (!operation.roles.some((role) => caller.roles.includes(role)))
    throw new WireError('RoleForbidden', { roles: operation.roles.join(' or ') });
  const isDryRun = readDryRun(operation, request.query);
  if (given === undefined) return undefined;
  const customerId = parseGuid(given);
  if (customerId === undefined) throw new WireError('InvalidCustomerId');
  const claiming = authorizeCustomer(ctx, caller, { id: customerId, isDryRun });
  return claiming && noteClaim(claiming, exchange);
}

/** Records a user's request for the MFA reports. Applications acting as themselves are exempt from MFA. */
function recordRequest(
  ctx: Context,
  { partnerRequests }: Admission,
  { request, operation, route, caller }: Exchange & { caller: Caller },
): void {
  if (caller.userId === undefined) return;
  const { requestId, correlationId } = request.ms;
  partnerRequests.record({
    partnerId: caller.partnerId,
    requestedAt: ctx.now(),
    requestId,
    correlationId,
    operationName: nameOperation(operation.method, route),
    ipAddress: request.ip,
    userId: caller.userId,
    userPrincipalName: caller.name,
    clientId: caller.clientId,
    isMfaCompliant: caller.hasMfa === true,
  });
}

/** As Partner Center's reports name operations: `Get /v{version}/customers/{customerId}`. */
function nameOperation(method: string, route: string): string {
  const path = route.replace('/v1/', '/v{version}/').replace(/:(\w+)/g, '{$1}');
  return `${method.charAt(0)}${method.slice(1).toLowerCase()} ${path}`;
}

/** Otherwise, a mistyped customer ID would look like a customer without devices. */
async function noteClaim(claiming: Promise<boolean>, { setHeader }: Exchange): Promise<void> {
  if (await claiming) setHeader('Muster-Customer-Claimed', 'true');
}
