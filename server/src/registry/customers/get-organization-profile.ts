import type { OrganizationProfile } from '@muster/contract';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { findPartner } from '../../store/registry/partners.ts';

/**
 * The partner that calls. Muster keeps no addresses: the country is the empty text, and the address is there because
 * `Connect-PartnerCenter` breaks without it (`docs/wire.md` 1).
 */
export async function getOrganizationProfile(ctx: Context, caller: Caller): Promise<OrganizationProfile> {
  const partner = await findPartner(ctx.db, caller.partnerId);
  return {
    id: caller.partnerId,
    companyName: partner?.name ?? '',
    defaultAddress: { country: '' },
    tenantId: caller.partnerId,
    domain: partner?.domainName ?? '',
    language: 'en',
    culture: 'en-US',
    profileType: 'organization_profile',
    attributes: { objectType: 'OrganizationProfile' },
  };
}
