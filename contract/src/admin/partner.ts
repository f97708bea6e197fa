import { Type, type Static } from 'typebox';
import { DomainName, Guid, Name } from './fields.ts';

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
