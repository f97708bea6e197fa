import { Type, type Static } from 'typebox';
import { PagedCollection } from './resource-collection.ts';

/** https://learn.microsoft.com/partner-center/developer/customer-resources#customer */
export const Customer = Type.Object(
  {
    id: Type.String({ description: 'A GUID: the id of the customer tenant.' }),
    companyProfile: Type.Object({
      tenantId: Type.String({ description: 'The same as the id.' }),
      domain: Type.String(),
      companyName: Type.String(),
      attributes: Type.Object({ objectType: Type.Literal('CustomerCompanyProfile') }),
    }),
    relationshipToPartner: Type.Literal('reseller'),
    attributes: Type.Object({ objectType: Type.Literal('Customer') }),
  },
  { description: 'An organisation whose devices the partner registers.' },
);
export type Customer = Static<typeof Customer>;

export const CustomerCollection = PagedCollection(
  Customer,
  'Customers of the partner, by company name. `links` leads to the pages before and after.',
);
export type CustomerCollection = Static<typeof CustomerCollection>;

/** How many customers a page has at the most, and when a client asks for no number (or for 0). */
export const customersPerPageMax = 500;

/** Which customers, and which page of them. Names are read without regard to case. */
export const CustomerQuery = Type.Object({
  size: Type.Optional(
    Type.String({ description: `Customers on a page: 1 to ${customersPerPageMax}; 0 or absent: the most.` }),
  ),
  seekOperation: Type.Optional(
    Type.String({
      description:
        'First, Next, Previous or Last, seen from the page whose token is sent. A token alone means Next.',
    }),
  ),
  filter: Type.Optional(
    Type.String({
      description:
        'URL-encoded JSON: {"Field":"CompanyName","Value":"the first letters","Operator":"starts_with"}. Field may be Domain too.',
    }),
  ),
});
