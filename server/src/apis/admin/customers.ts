import { randomUUID } from 'node:crypto';
import { WireError, mustBeGuid, parseGuid } from '@muster/contract';
import type { AdminCustomer, CustomerChanges, NewCustomer } from '@muster/contract/admin/customer';
import type { Context } from '../../registry/context.ts';
import {
  type CustomerRelationship,
  endCustomerRelationship as endRelationship,
  findCustomerRelationship,
  insertCustomerOfPartner,
  listCustomerRelationships,
  updateCustomer as changeCustomer,
} from '../../store/registry/customer-relationships.ts';
import { type AdminCall, pageOf, type AdminPage, toPage } from './admin-call.ts';
import { resourceExists, resourceNotFound } from './resource-faults.ts';

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

/** A customer of any partner. Throws ResourceNotFound. */
async function getCustomer(ctx: Context, customerId: string): Promise<AdminCustomer> {
  const customer = await findCustomerRelationship(ctx.db, customerId);
  if (!customer) throw resourceNotFound('customer', customerId);
  return describeCustomer(customer);
}

/** Customers by id: of one partner, or of all. */
async function listCustomers(
  ctx: Context,
  partnerId: string | undefined,
  page: AdminPage,
): Promise<{ items: readonly AdminCustomer[]; next?: string }> {
  const { items, ...rest } = await toPage(
    page,
    (part) => listCustomerRelationships(ctx.db, partnerId, part),
    ({ customerId }) => customerId,
  );
  return { items: items.map(describeCustomer), ...rest };
}

/** Adds a customer. Throws ResourceNotFound for an unknown partner, ResourceExists when the id is taken. */
async function createCustomer(ctx: Context, input: NewCustomer): Promise<AdminCustomer> {
  const customerId = input.customerId?.toLowerCase() ?? randomUUID();
  const customer = {
    customerId,
    partnerId: input.partnerId.toLowerCase(),
    companyName: input.companyName,
    domainName: input.domainName ?? `${customerId.slice(0, 8)}.onmicrosoft.com`,
  };
  const result = await insertCustomerOfPartner(ctx.db, customer);
  if (result === 'no-partner') throw resourceNotFound('partner', customer.partnerId);
  if (result === 'taken') throw resourceExists('customer', 'customerId');
  return customer;
}

/** Renames a customer, or moves it to another partner with all its devices. Throws ResourceNotFound. */
async function updateCustomer(
  ctx: Context,
  customerId: string,
  changes: CustomerChanges,
): Promise<AdminCustomer> {
  const customer = await changeCustomer(ctx.db, customerId, changes);
  // Other nodes are notified shortly; on this node it applies before the response.
  ctx.owners.forget();
  if (customer === 'no-partner') throw resourceNotFound('partner', changes.partnerId ?? '');
  if (!customer) throw resourceNotFound('customer', customerId);
  return describeCustomer(customer);
}

/**
 * Ends the relationship of a customer with its partner: the partner no longer sees it, and nobody can claim it. Its devices
 * stay registered; `updateCustomer` can give it to a partner again. Throws ResourceNotFound.
 */
async function endCustomerRelationship(ctx: Context, customerId: string): Promise<void> {
  const isEnded = await endRelationship(ctx.db, customerId);
  // Other nodes are notified shortly; on this node it applies before the response.
  ctx.owners.forget();
  if (!isEnded) throw resourceNotFound('customer', customerId);
}

/** A customer in the shape of the administration API. */
function describeCustomer({ partnerId, ...customer }: CustomerRelationship): AdminCustomer {
  return { ...customer, ...(partnerId !== undefined && { partnerId }) };
}
