import { Type, type Static } from 'typebox';
import { DomainName, Guid, Name } from './fields.ts';

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
