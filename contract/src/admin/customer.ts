import { Type, type Static } from '../schema.ts';
import { DomainName, Guid, Name, Page, type AdminOperation } from './fields.ts';

const members = {
  companyName: Name('The name of the organization.'),
  domainName: DomainName('The domain of the organization.'),
};

/** An organization whose devices a partner registers. */
export const AdminCustomer = Type.Object({
  customerId: Guid("The customer's tenant ID."),
  partnerId: Type.Optional(Guid('The partner. Absent if the relationship has ended.')),
  ...members,
});
export type AdminCustomer = Static<typeof AdminCustomer>;

export const NewCustomer = Type.Object(
  {
    customerId: Type.Optional(Guid('Default: a new one.')),
    partnerId: Guid('The partner that registers its devices.'),
    companyName: members.companyName,
    domainName: Type.Optional(DomainName('Default: derived from the ID.')),
  },
  { additionalProperties: false },
);
export type NewCustomer = Static<typeof NewCustomer>;

export const CustomerChanges = Type.Partial(
  Type.Object({ ...members, partnerId: Guid('The partner to move the customer and its devices to.') }),
  { additionalProperties: false, minProperties: 1 },
);
export type CustomerChanges = Static<typeof CustomerChanges>;

export const customerOperations = {
  listAdminCustomers: {
    method: 'GET',
    path: '/customers',
    summary: 'List the customers of one partner (`partnerId`) or of all partners.',
    success: { status: 200, body: Page(AdminCustomer) },
    faults: [],
  },
  createCustomer: {
    method: 'POST',
    path: '/customers',
    summary: 'Add a customer to a partner.',
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
    summary: "End a customer's relationship with its partner. The devices stay registered.",
    success: { status: 204 },
    faults: ['ResourceNotFound'],
  },
} as const satisfies Record<string, AdminOperation>;
