import type { Customer } from '@muster/contract';
import type { CustomerNames } from '../../store/registry/customers.ts';

/** A customer as the wire tells it. */
export function describeCustomer({ customerId, companyName, domainName }: CustomerNames): Customer {
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
