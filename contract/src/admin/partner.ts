import { Type, type Static } from '../schema.ts';
import { DomainName, Guid, Name, Page, type AdminOperation } from './fields.ts';

const members = {
  name: Name('The name of the organization.'),
  domainName: DomainName('A domain that clients can use instead of the ID in token URLs. Unique, lowercase.'),
};

/** A tenant that manages devices for its customers. */
export const Partner = Type.Object({
  partnerId: Guid("The partner's tenant ID: `tid` in its tokens."),
  ...members,
});
export type Partner = Static<typeof Partner>;

export const NewPartner = Type.Object(
  {
    partnerId: Type.Optional(Guid('Default: a new one. To accept tokens of an Entra tenant, use its ID.')),
    ...members,
  },
  { additionalProperties: false },
);
export type NewPartner = Static<typeof NewPartner>;

export const PartnerChanges = Type.Partial(Type.Object(members), {
  additionalProperties: false,
  minProperties: 1,
});
export type PartnerChanges = Static<typeof PartnerChanges>;

export const partnerOperations = {
  listPartners: {
    method: 'GET',
    path: '/partners',
    summary: 'List partners.',
    success: { status: 200, body: Page(Partner) },
    faults: [],
  },
  createPartner: {
    method: 'POST',
    path: '/partners',
    summary: 'Add a partner.',
    body: NewPartner,
    success: { status: 201, body: Partner },
    faults: ['ResourceExists'],
  },
  getPartner: {
    method: 'GET',
    path: '/partners/{partnerId}',
    summary: 'Get a partner.',
    success: { status: 200, body: Partner },
    faults: ['ResourceNotFound'],
  },
  updatePartner: {
    method: 'PATCH',
    path: '/partners/{partnerId}',
    summary: 'Change the name or domain of a partner.',
    body: PartnerChanges,
    success: { status: 200, body: Partner },
    faults: ['ResourceNotFound', 'ResourceExists'],
  },
  deletePartner: {
    method: 'DELETE',
    path: '/partners/{partnerId}',
    summary: 'Delete a partner, its applications and its users. It must have no customers.',
    success: { status: 204 },
    faults: ['ResourceNotFound', 'PartnerHasCustomers'],
  },
} as const satisfies Record<string, AdminOperation>;
