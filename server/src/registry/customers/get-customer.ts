import { WireError, type Customer } from '@muster/contract';
import type { Context } from '../context.ts';
import { findCustomer } from '../../store/registry/customers.ts';
import { describeCustomer } from './describe-customer.ts';

/** One customer of the caller's. Throws CustomerForbidden when it went away since the caller was let in. */
export async function getCustomer(ctx: Context, customerId: string): Promise<Customer> {
  const customer = await findCustomer(ctx.db, customerId);
  if (!customer) throw new WireError('CustomerForbidden', { customerId });
  return describeCustomer(customer);
}
