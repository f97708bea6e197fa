import type { Customer, CustomerCollection, OrganizationProfile } from '@muster/contract';
import { getCustomer, listCustomers, type CustomerPage } from '../../registry/customers/read-customers.ts';
import type { Customer as KnownCustomer } from '../../store/registry/customers.ts';
import { findPartner } from '../../store/registry/partners.ts';
import { readContinuationToken, linkTo } from './paging.ts';
import { readCustomerPageRequest } from './customer-list-request.ts';
import type { OperationCall } from '../endpoint.ts';
import { endpoint } from './endpoint.ts';

/** The partner itself and its customers. */
export const customerEndpoints = {
  /** GET customers */
  listCustomers: endpoint('listCustomers', async (call) => {
    const request = readCustomerPageRequest({
      size: readQuery(call, 'size'),
      seekOperation: readQuery(call, 'seekOperation'),
      filter: readQuery(call, 'filter'),
      token: readContinuationToken(call.request),
    });
    return describePage(await listCustomers(call.ctx, call.caller.partnerId, request));
  }),

  /** GET customers/{c} */
  getCustomer: endpoint('getCustomer', async ({ ctx, customerId }) =>
    describeCustomer(await getCustomer(ctx, customerId)),
  ),

  /**
   * GET profiles/organization: the partner that calls. Muster keeps no addresses: the country is the empty text, and the
   * address is there because `Connect-PartnerCenter` breaks without it (`docs/wire.md` 1).
   */
  getOrganizationProfile: endpoint(
    'getOrganizationProfile',
    async ({ ctx, caller: { partnerId } }): Promise<OrganizationProfile> => {
      const partner = await findPartner(ctx.db, partnerId);
      return {
        id: partnerId,
        companyName: partner?.name ?? '',
        defaultAddress: { country: '' },
        tenantId: partnerId,
        domain: partner?.domainName ?? '',
        language: 'en',
        culture: 'en-US',
        profileType: 'organization_profile',
        attributes: { objectType: 'OrganizationProfile' },
      };
    },
  ),
};

/** A query parameter by its name without regard to case; of several the first. */
function readQuery({ query }: OperationCall, name: string): string | undefined {
  const key = Object.keys(query).find((one) => one.toLowerCase() === name.toLowerCase());
  const value: unknown = key === undefined ? undefined : query[key];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}

function describePage(page: CustomerPage): CustomerCollection {
  const { customers, hasNext, hasPrevious, totalCount, size, token } = page;
  const uri = `/customers?size=${size}`;
  return {
    totalCount,
    items: customers.map(describeCustomer),
    links: {
      self: linkTo(uri),
      ...(token !== undefined && hasNext && { next: linkTo(`${uri}&seekOperation=Next`, token) }),
      ...(token !== undefined && hasPrevious && { previous: linkTo(`${uri}&seekOperation=Previous`, token) }),
    },
    attributes: { objectType: 'Collection' },
    ...(token !== undefined && hasNext && { continuationToken: token }),
  };
}

function describeCustomer({ customerId, companyName, domainName }: KnownCustomer): Customer {
  return {
    id: customerId,
    companyProfile: {
      tenantId: customerId,
      domain: domainName,
      companyName,
      attributes: { objectType: 'CustomerCompanyProfile' },
    },
    relationshipToPartner: 'reseller',
    attributes: { objectType: 'Customer' },
  };
}
