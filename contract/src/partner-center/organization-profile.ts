import { Type, type Static } from 'typebox';

/**
 * The partner itself. `defaultAddress` is always there, because `Connect-PartnerCenter` breaks without it
 * (`docs/wire.md` 1); Muster keeps no addresses, so its country is the empty text.
 * https://learn.microsoft.com/partner-center/developer/get-an-organization-profile
 */
export const OrganizationProfile = Type.Object(
  {
    id: Type.String({ description: 'A GUID: the id of the partner tenant.' }),
    companyName: Type.String(),
    defaultAddress: Type.Object({ country: Type.String({ description: 'Empty: not known.' }) }),
    tenantId: Type.String({ description: 'The same as the id.' }),
    domain: Type.String(),
    language: Type.String(),
    culture: Type.String({ description: 'What answers are written in when no X-Locale is sent.' }),
    profileType: Type.Literal('organization_profile'),
    attributes: Type.Object({ objectType: Type.Literal('OrganizationProfile') }),
  },
  { description: 'The partner that calls.' },
);
export type OrganizationProfile = Static<typeof OrganizationProfile>;
