import { WireError } from '@muster/contract';
import { errors } from 'jose';

/** The 401 of a token. `problem` reaches the client, so it repeats nothing of the token. */
export function unauthorized(problem: string, cause?: unknown): WireError {
  return new WireError('Unauthorized', { problem }, cause);
}

/** What is wrong with a token that jose refused. */
export function problemOfToken(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim "${error.claim}" is not accepted`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is wrong';
  if (error instanceof errors.JWKSNoMatchingKey) return 'its signing key is not known';
  return 'it cannot be read';
}
