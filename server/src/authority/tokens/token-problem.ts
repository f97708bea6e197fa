import { phrase, WireError, type Phrase } from '@muster/contract';
import { errors } from 'jose';

/** What can be wrong with an access token, as its sender is told. Nothing of the token is repeated. */
export const tokenProblems = {
  missing: phrase('the Authorization header has no bearer token', 'Authorization 標頭中沒有 bearer 權杖'),
  unreadable: phrase('it cannot be read', '無法讀取'),
  expired: phrase('it has expired', '已過期'),
  noExpiry: phrase('it has no end', '沒有到期時間'),
  wrongSignature: phrase('its signature is wrong', '簽章不正確'),
  unknownKey: phrase('its signing key is not known', '簽署金鑰不明'),
  unknownIssuer: phrase('it is from another issuer', '由其他簽發者簽發'),
  tenantOfOtherIssuer: phrase('its tenant and its issuer do not belong together', '租用戶與簽發者不符'),
  unknownPartner: phrase('its tenant is no partner here', '其租用戶不是此處的合作夥伴'),
  noTenantOrApplication: phrase('it names no tenant or no application', '沒有指明租用戶或應用程式'),
};

/** The 401 of a token. `problem` reaches the client. */
export function unauthorized(problem: Phrase, cause?: unknown): WireError {
  return new WireError('Unauthorized', { problem }, cause);
}

/** What is wrong with a token that jose refused. */
export function problemOfToken(error: unknown): Phrase {
  if (error instanceof errors.JWTExpired) return tokenProblems.expired;
  if (error instanceof errors.JWTClaimValidationFailed)
    return phrase(`its claim "${error.claim}" is not accepted`, `不接受其宣告「${error.claim}」`);
  if (error instanceof errors.JWSSignatureVerificationFailed) return tokenProblems.wrongSignature;
  if (error instanceof errors.JWKSNoMatchingKey) return tokenProblems.unknownKey;
  return tokenProblems.unreadable;
}
