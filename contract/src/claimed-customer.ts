/**
 * The company name of a customer that nobody created: an unknown customer id became a customer of the partner that first
 * used it. It keeps this name until somebody gives it one.
 */
export function nameClaimedCustomer(customerId: string): string {
  return `Customer ${customerId.slice(0, 8)}`;
}
