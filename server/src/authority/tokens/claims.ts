import { isRole, type Role } from '@muster/contract';

/** A claim that is text, and not empty. */
export function textClaim(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' ? claim : undefined;
}

/** Those values of a claim that are roles; what is no role grants nothing. */
export function filterRoles(claim: unknown): Role[] {
  return Array.isArray(claim) ? claim.filter(isRole) : [];
}
