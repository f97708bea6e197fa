import { errors } from 'jose';
import { RequestError } from '../../http/request-error.ts';
import type { TextName } from '../../texts/en-us.ts';
import { phraseOf } from '../../texts/phrase-of.ts';

/** The refusal of an access token. Nothing of the token is repeated. */
export function unauthorized(problem: TextName, cause?: unknown): RequestError {
  return new RequestError({ kind: 'unauthorized', problem: phraseOf(problem) }, cause);
}

/** The refusal of a token that jose refused. */
export function refusedByJose(error: unknown): RequestError {
  if (error instanceof errors.JWTExpired) return unauthorized('tokenExpired', error);
  if (error instanceof errors.JWTClaimValidationFailed) {
    const problem = phraseOf('tokenClaimRefused', { claim: error.claim });
    return new RequestError({ kind: 'unauthorized', problem }, error);
  }
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return unauthorized('tokenSignatureWrong', error);
  if (error instanceof errors.JWKSNoMatchingKey) return unauthorized('tokenKeyUnknown', error);
  return unauthorized('tokenUnreadable', error);
}
