import { WireError, operations, parseGuid, type OperationId } from '@muster/contract';
import type { FastifyRequest } from 'fastify';
import type { VerifyAccessToken } from '../authority/verify-access-token.ts';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { authorizeCustomer } from '../operations/authorize-customer.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}

/** Who calls, from the bearer token. Throws Unauthorized. */
export async function authenticate(request: FastifyRequest, verify: VerifyAccessToken): Promise<Caller> {
  const header = request.headers.authorization;
  const token = header === undefined ? undefined : /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1];
  if (token === undefined)
    throw new WireError('Unauthorized', { problem: 'the Authorization header has no bearer token' });
  return verify(token);
}

/** Refuses a caller without the role, or without this customer, before the body is read. */
export async function authorize(
  ctx: Context,
  caller: Caller,
  request: FastifyRequest,
  id: OperationId,
): Promise<void> {
  const needed = operations[id].roles;
  if (!needed.some((role) => caller.roles.includes(role)))
    throw new WireError('RoleForbidden', { roles: needed.join(' or ') });
  const { customerId: given } = request.params as { customerId?: string };
  if (given === undefined) return;
  const customerId = parseGuid(given);
  if (customerId === undefined)
    throw new WireError('InvalidInput', { member: 'customer-id', problem: 'must be a GUID' });
  await authorizeCustomer(ctx, caller, customerId);
}
