import { getCustomer } from '../../registry/customers/get-customer.ts';
import { listCustomers } from '../../registry/customers/list-customers.ts';
import { readContinuationToken } from './continuation-token.ts';
import type { WireCall, WireHandler } from './wire-call.ts';

/** GET customers */
export const listCustomersRoute: WireHandler = async (call) =>
  listCustomers(call.ctx, call.caller.partnerId, {
    size: readQuery(call, 'size'),
    seekOperation: readQuery(call, 'seekOperation'),
    filter: readQuery(call, 'filter'),
    token: readContinuationToken(call.request),
  });

/** GET customers/{c} */
export const getCustomerRoute: WireHandler = async ({ ctx, customerId }) => getCustomer(ctx, customerId);

/** A query parameter by its name without regard to case; of several the first. */
function readQuery({ query }: WireCall, name: string): string | undefined {
  const key = Object.keys(query).find((one) => one.toLowerCase() === name.toLowerCase());
  const value: unknown = key === undefined ? undefined : query[key];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}
