import { phrase, WireError, type Phrase } from '@muster/contract';
import { errors } from 'jose';

/** The 401 of a token. `problem` reaches the client, so it repeats nothing of the token. */
export function unauthorized(problem: Phrase, cause?: unknown): WireError {
  return new WireError('Unauthorized', { problem }, cause);
}

/** What is wrong with a token that jose refused. */
export function problemOfToken(error: unknown): Phrase {
  if (error instanceof errors.JWTExpired) return phrase('it has expired', '已過期');
  if (error instanceof errors.JWTClaimValidationFailed)
    return phrase(`its claim "${error.claim}" is not accepted`, `不接受其宣告「${error.claim}」`);
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return phrase('its signature is wrong', '簽章不正確');
  if (error instanceof errors.JWKSNoMatchingKey)
    return phrase('its signing key is not known', '簽署金鑰不明');
  return phrase('it cannot be read', '無法讀取');
}
