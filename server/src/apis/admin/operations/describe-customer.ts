import type { AdminCustomer } from '@muster/contract/admin/customer';
import type { CustomerRelationship } from '../../../store/registry/customer-relationships.ts';

/** A customer as the administration API tells it. */
export function describeCustomer({ partnerId, ...customer }: CustomerRelationship): AdminCustomer {
  return { ...customer, ...(partnerId !== undefined && { partnerId }) };
}
