/**
 * The initial company name of a claimed customer: one that nobody created, but whose unknown ID became a customer of the
 * partner that first used it.
 */
export function nameClaimedCustomer(customerId: string): string {
  return `Customer ${customerId.slice(0, 8)}`;
}
