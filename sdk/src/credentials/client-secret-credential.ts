import { postForm, toAccessToken, type AuthorityOptions } from './token-request.ts';
import type { TokenCredential } from './token-source.ts';

export interface ClientSecretOptions extends AuthorityOptions {
  readonly clientSecret: string;
}

/** Signs in an application with its client secret (app-only). Throws an `AuthenticationError` if it is refused. */
export function clientSecretCredential(options: ClientSecretOptions): TokenCredential {
  return {
    async getToken(scopes, { abortSignal } = {}) {
      const fields = {
        grant_type: 'client_credentials',
        client_id: options.clientId,
        client_secret: options.clientSecret,
        scope: [scopes].flat().join(' '),
      };
      return toAccessToken(
        await postForm(options, 'token', { fields, signal: abortSignal }),
        options.runtime,
      );
    },
  };
}
