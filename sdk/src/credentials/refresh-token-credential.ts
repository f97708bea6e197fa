import type { TokenCredential } from './token-source.ts';
import { postForm, toAccessToken, type AuthorityOptions } from './token-request.ts';

export interface RefreshTokenOptions extends AuthorityOptions {
  /** Confidential applications only. */
  readonly clientSecret?: string | undefined;
  readonly refreshToken: string;
  /** Called with each new refresh token. Store it securely in place of the old one. */
  readonly onRefreshToken?: ((refreshToken: string) => void | Promise<void>) | undefined;
}

/**
 * Signs in an application with a user's consent, using a refresh token: Partner Center's secure application model.
 * Throws an `AuthenticationError` if it is refused. With the code `invalid_grant`, the user must consent again.
 * https://learn.microsoft.com/partner-center/developer/enable-secure-app-model
 */
export function refreshTokenCredential(options: RefreshTokenOptions): TokenCredential {
  let { refreshToken } = options;
  return {
    async getToken(scopes, { abortSignal } = {}) {
      const fields = {
        grant_type: 'refresh_token',
        client_id: options.clientId,
        ...(options.clientSecret === undefined ? {} : { client_secret: options.clientSecret }),
        refresh_token: refreshToken,
        scope: [scopes].flat().join(' '),
      };
      const answer = await postForm(options, 'token', { fields, signal: abortSignal });
      const token = toAccessToken(answer, options.runtime);
      if (typeof answer.refresh_token === 'string' && answer.refresh_token !== refreshToken) {
        refreshToken = answer.refresh_token;
        await options.onRefreshToken?.(refreshToken);
      }
      return token;
    },
  };
}
