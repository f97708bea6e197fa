import { Type, type Static } from 'typebox';
import { DomainName, Guid, Name, Page, type AdminOperation } from './fields.ts';

const members = {
  companyName: Name('The name of the organisation.'),
  domainName: DomainName('Its domain.'),
};

/** An organisation whose devices a partner registers, and the partner. */
export const AdminCustomer = Type.Object({
  customerId: Guid("The customer's tenant id."),
  partnerId: Type.Optional(Guid('The partner; absent when the relationship has ended.')),
  ...members,
});
export type AdminCustomer = Static<typeof AdminCustomer>;

export const NewCustomer = Type.Object(
  {
    customerId: Type.Optional(Guid('Default: a new one.')),
    partnerId: Guid('The partner that registers its devices.'),
    companyName: members.companyName,
    domainName: Type.Optional(DomainName('Default: made from the id.')),
  },
  { additionalProperties: false },
);
export type NewCustomer = Static<typeof NewCustomer>;

export const CustomerChanges = Type.Partial(
  Type.Object({ ...members, partnerId: Guid('Moves the customer, with its devices, to this partner.') }),
  { additionalProperties: false, minProperties: 1 },
);
export type CustomerChanges = Static<typeof CustomerChanges>;

export const customerOperations = {
  listAdminCustomers: {
    method: 'GET',
    path: '/customers',
    summary: 'List customers, of one partner (`partnerId`) or of all.',
    success: { status: 200, body: Page(AdminCustomer) },
    faults: [],
  },
  createCustomer: {
    method: 'POST',
    path: '/customers',
    summary: 'Add a customer of a partner.',
    body: NewCustomer,
    success: { status: 201, body: AdminCustomer },
    faults: ['ResourceNotFound', 'ResourceExists'],
  },
  getAdminCustomer: {
    method: 'GET',
    path: '/customers/{customerId}',
    summary: 'Get a customer.',
    success: { status: 200, body: AdminCustomer },
    faults: ['ResourceNotFound'],
  },
  updateCustomer: {
    method: 'PATCH',
    path: '/customers/{customerId}',
    summary: 'Rename a customer, or move it to another partner with its devices.',
    body: CustomerChanges,
    success: { status: 200, body: AdminCustomer },
    faults: ['ResourceNotFound'],
  },
  endCustomerRelationship: {
    method: 'DELETE',
    path: '/customers/{customerId}/relationship',
    summary: 'End the relationship with the partner. The devices stay registered.',
    success: { status: 204 },
    faults: ['ResourceNotFound'],
  },
} as const satisfies Record<string, AdminOperation>;
