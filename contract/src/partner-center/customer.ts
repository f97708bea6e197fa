import { Type, type Static } from '../schema.ts';
import { PagedCollection } from './resource-collection.ts';

/** https://learn.microsoft.com/partner-center/developer/customer-resources#customer */
export const Customer = Type.Object(
  {
    id: Type.String({ description: "A GUID: the customer's tenant ID." }),
    companyProfile: Type.Object({
      tenantId: Type.String({ description: 'The same as `id`.' }),
      domain: Type.String(),
      companyName: Type.String(),
      attributes: Type.Object({ objectType: Type.Literal('CustomerCompanyProfile') }),
    }),
    relationshipToPartner: Type.Literal('reseller'),
    attributes: Type.Object({ objectType: Type.Literal('Customer') }),
  },
  { description: 'An organization whose devices the partner registers.' },
);
export type Customer = Static<typeof Customer>;

export const CustomerCollection = PagedCollection(
  Customer,
  'The customers of the partner, sorted by company name. `links` has the previous and next pages.',
);
export type CustomerCollection = Static<typeof CustomerCollection>;

/** The maximum number of customers per page, which is also the default and the meaning of 0. */
export const customersPerPageMax = 500;

/** Which customers, and which page of them. Parameter names are case-insensitive. */
export const CustomerQuery = Type.Object({
  size: Type.Optional(
    Type.String({
      description: `The number of customers per page, 1 to ${customersPerPageMax}. 0 or absent: ${customersPerPageMax}.`,
    }),
  ),
  seekOperation: Type.Optional(
    Type.String({
      description:
        'First, Next, Previous or Last, relative to the page whose token is sent. A token without it means Next.',
    }),
  ),
  filter: Type.Optional(
    Type.String({
      description:
        'URL-encoded JSON: {"Field":"CompanyName","Value":"the first letters","Operator":"starts_with"}. Field can also be Domain.',
    }),
  ),
});
