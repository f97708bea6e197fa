import { AuthenticationError } from '../errors.ts';
import { systemRuntime } from '../runtime.ts';
import { refreshTokenCredential } from './refresh-token-credential.ts';
import type { AccessToken, TokenCredential } from './token-source.ts';
import {
  postForm,
  toAccessToken,
  toAuthenticationError,
  type AuthorityOptions,
  type TokenAnswer,
} from './token-request.ts';

/** What to show to a user who signs in on another device. */
export interface DeviceCodePrompt {
  readonly userCode: string;
  readonly verificationUri: string;
  /** Instructions from the authority, ready to show. */
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly expiresOnTimestamp: number;
}

export interface DeviceCodeOptions extends AuthorityOptions {
  /** Shows the code to the user. */
  readonly onPrompt: (prompt: DeviceCodePrompt) => void | Promise<void>;
  /** Called with each refresh token. Store it securely to sign in later with `refreshTokenCredential`, without the user. */
  readonly onRefreshToken?: ((refreshToken: string) => void | Promise<void>) | undefined;
}

/**
 * Signs in a user with a code in any browser. Later tokens are obtained with the refresh token, without the user, for as
 * long as the authority accepts it. Throws an `AuthenticationError` if the sign-in is refused or the code expires.
 */
export function deviceCodeCredential(options: DeviceCodeOptions): TokenCredential {
  let refreshing: TokenCredential | undefined;
  return {
    async getToken(scopes, getOptions = {}) {
      if (refreshing) {
        const token = await refreshing.getToken(scopes, getOptions).catch((error: unknown) => {
          if (error instanceof AuthenticationError && error.code === 'invalid_grant') return null;
          throw error;
        });
        if (token) return token;
        refreshing = undefined;
      }
      const answer = await signIn(options, [scopes].flat(), getOptions.abortSignal);
      const token: AccessToken = toAccessToken(answer, options.runtime);
      if (typeof answer.refresh_token === 'string') {
        refreshing = refreshTokenCredential({ ...options, refreshToken: answer.refresh_token });
        await options.onRefreshToken?.(answer.refresh_token);
      }
      return token;
    },
  };
}

async function signIn(
  options: DeviceCodeOptions,
  scopes: readonly string[],
  signal: AbortSignal | undefined,
): Promise<TokenAnswer> {
  const runtime = options.runtime ?? systemRuntime;
  const scope = [...scopes, 'offline_access'].join(' ');
  const code = await postForm(options, 'devicecode', {
    fields: { client_id: options.clientId, scope },
    signal,
  });
  if (typeof code.device_code !== 'string') throw toAuthenticationError(code);
  const prompt = toPrompt(code, runtime.now());
  await options.onPrompt(prompt);
  const fields = {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: options.clientId,
    device_code: code.device_code,
  };
  let intervalMs = secondsToMs(code.interval, 5);
  const deadline = runtime.elapsedMs() + secondsToMs(code.expires_in, 900);
  while (runtime.elapsedMs() < deadline) {
    await runtime.sleep(intervalMs, signal);
    const answer = await postForm(options, 'token', { fields, signal });
    // RFC 8628, 3.5: a longer interval from now on.
    if (answer.error === 'slow_down') intervalMs += 5000;
    else if (answer.error !== 'authorization_pending') return answer;
  }
  throw new AuthenticationError('expired_token', 'the code was not used in time. Ask for a new one.');
}

function toPrompt(code: TokenAnswer, now: number): DeviceCodePrompt {
  const userCode = textOf(code.user_code);
  const verificationUri = textOf(code.verification_uri ?? code.verification_url);
  return {
    userCode,
    verificationUri,
    message: textOf(code.message) || `Open ${verificationUri} and enter the code ${userCode}.`,
    expiresOnTimestamp: now + secondsToMs(code.expires_in, 900),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function secondsToMs(value: unknown, fallback: number): number {
  const seconds = Number(value ?? fallback);
  return (Number.isFinite(seconds) && seconds > 0 ? seconds : fallback) * 1000;
}
