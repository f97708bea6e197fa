import { Type, type Static } from '../schema.ts';

/**
 * The partner itself. `defaultAddress` is always present, because `Connect-PartnerCenter` fails without it
 * (`docs/wire.md` 1). Muster stores no addresses, so its country is the empty string.
 * https://learn.microsoft.com/partner-center/developer/get-an-organization-profile
 */
export const OrganizationProfile = Type.Object(
  {
    id: Type.String({ description: "A GUID: the partner's tenant ID." }),
    companyName: Type.String(),
    defaultAddress: Type.Object({ country: Type.String({ description: 'Empty: unknown.' }) }),
    tenantId: Type.String({ description: 'The same as the id.' }),
    domain: Type.String(),
    language: Type.String(),
    culture: Type.String({ description: 'The language of responses if no X-Locale header is sent.' }),
    profileType: Type.Literal('organization_profile'),
    attributes: Type.Object({ objectType: Type.Literal('OrganizationProfile') }),
  },
  { description: 'The calling partner.' },
);
export type OrganizationProfile = Static<typeof OrganizationProfile>;
