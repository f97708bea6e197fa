import { isRole, type Role } from '@muster/contract/roles';
import type { JWTPayload } from 'jose';

/** A claim that is text, and not empty. */
export function textClaim(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' ? claim : undefined;
}

/** What a token is for and how its user proved who they are, for a caller. */
export function evidenceOf({ aud, amr }: JWTPayload): { audience: string; hasMfa: boolean } {
  const audience = String(Array.isArray(aud) ? aud[0] : aud).replace(/\/$/, '');
  return { audience, hasMfa: Array.isArray(amr) && amr.includes('mfa') };
}

/** Those values of a claim that are roles; what is no role grants nothing. */
export function filterRoles(claim: unknown): Role[] {
  return Array.isArray(claim) ? claim.filter(isRole) : [];
}
