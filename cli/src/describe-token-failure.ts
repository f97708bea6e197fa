import type { AuthenticationError } from '@muster/sdk';
import type { MessageKey, Word } from './messages/message.ts';

/** Azure AD's numbers, which say more than the OAuth 2.0 code: its texts exist in English only. */
const byNumber: Readonly<Record<string, MessageKey>> = {
  AADSTS7000215: 'tokenWrongSecret',
  AADSTS7000222: 'tokenSecretExpired',
  AADSTS700016: 'tokenUnknownApplication',
  AADSTS90002: 'tokenUnknownTenant',
  AADSTS700025: 'tokenPublicApplication',
  AADSTS700027: 'tokenPublicApplication',
  AADSTS50053: 'tokenTooMany',
  AADSTS90033: 'tokenTooMany',
};

/** Two of them are asked only where there is no number: with one that is not known, they may mean something else. */
const byCode: Readonly<Record<string, MessageKey>> = {
  invalid_client: 'tokenWrongSecret',
  unauthorized_client: 'tokenUnknownApplication',
  invalid_grant: 'tokenSignInAgain',
  expired_token: 'tokenCodeExpired',
  authorization_declined: 'tokenDeclined',
  access_denied: 'tokenDeclined',
};

/** Why there is no token: in the words of the catalogue where it has some, otherwise in the authority's own. */
export function describeTokenFailure({ code, description }: AuthenticationError): {
  readonly reason: string | Word;
  readonly id: string;
} {
  const number = /^AADSTS\d+/.exec(description)?.[0];
  const isVague = number !== undefined && (code === 'invalid_client' || code === 'unauthorized_client');
  const key = byNumber[number ?? ''] ?? (isVague ? undefined : byCode[code ?? '']);
  if (key === undefined) return { reason: withoutTrace(description), id: number ?? code ?? '?' };
  return { reason: { key }, id: number ?? code ?? '?' };
}

/** Without what Azure AD puts behind its texts for its own support. */
function withoutTrace(description: string): string {
  return description
    .replace(/^AADSTS\d+: /, '')
    .replace(/\s*Trace ID: .*$/s, '')
    .replace(/\.$/, '');
}
