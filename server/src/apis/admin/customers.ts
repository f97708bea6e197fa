import { mustBeGuid, WireError, parseGuid } from '@muster/contract';
import type { CustomerChanges, NewCustomer } from '@muster/contract/admin/customer';
import { createCustomer } from './operations/create-customer.ts';
import { endCustomerRelationship } from './operations/end-customer-relationship.ts';
import { getCustomer } from './operations/get-customer.ts';
import { listCustomers } from './operations/list-customers.ts';
import { updateCustomer } from './operations/update-customer.ts';
import { pageOf, type AdminCall } from './admin-call.ts';

/** /admin/v1/customers */
export const customerHandlers = {
  listAdminCustomers: (call: AdminCall) => listCustomers(call.ctx, partnerIdOf(call), pageOf(call)),
  createCustomer: ({ ctx, body }: AdminCall<NewCustomer>) => createCustomer(ctx, body),
  getAdminCustomer: ({ ctx, param }: AdminCall) => getCustomer(ctx, param('customerId')),
  updateCustomer: ({ ctx, param, body }: AdminCall<CustomerChanges>) =>
    updateCustomer(ctx, param('customerId'), body),
  endCustomerRelationship: ({ ctx, param }: AdminCall) => endCustomerRelationship(ctx, param('customerId')),
};

function partnerIdOf({ query }: AdminCall): string | undefined {
  if (query.partnerId === undefined) return undefined;
  const partnerId = parseGuid(query.partnerId);
  if (partnerId === undefined)
    throw new WireError('InvalidInput', { member: 'partnerId', problem: mustBeGuid });
  return partnerId;
}
