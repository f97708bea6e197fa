import { Type, type Static } from 'typebox';
import { DomainName, Guid, Name, Page, type AdminOperation } from './fields.ts';

const members = {
  name: Name('The name of the organisation.'),
  domainName: DomainName('What clients may write instead of the id in token URLs. Unique; lower case.'),
};

/** A tenant that acts for its customers. */
export const Partner = Type.Object({
  partnerId: Guid("The partner's tenant id: `tid` in its tokens."),
  ...members,
});
export type Partner = Static<typeof Partner>;

export const NewPartner = Type.Object(
  {
    partnerId: Type.Optional(Guid('Default: a new one. Give the Entra tenant id to take its tokens.')),
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
    summary: 'Rename a partner, or change its domain.',
    body: PartnerChanges,
    success: { status: 200, body: Partner },
    faults: ['ResourceNotFound', 'ResourceExists'],
  },
  deletePartner: {
    method: 'DELETE',
    path: '/partners/{partnerId}',
    summary: 'Delete a partner with its applications and users. It must have no customers.',
    success: { status: 204 },
    faults: ['ResourceNotFound', 'PartnerHasCustomers'],
  },
} as const satisfies Record<string, AdminOperation>;
