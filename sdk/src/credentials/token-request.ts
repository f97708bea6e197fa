import { AuthenticationError, ConnectionError, TimeoutError, UnreadableAuthorityError } from '../errors.ts';
import { fetchOnce, type Answer } from '../fetch-once.ts';
import {
  defaultRetryPolicy,
  isPassingFailure,
  isRetryableStatus,
  parseRetryAfterMs,
  retryDelayMs,
} from '../retry.ts';
import { systemRuntime, type Runtime } from '../runtime.ts';
import type { AccessToken } from './token-credential.ts';

/** Where a credential asks for tokens, and how. */
export interface AuthorityOptions {
  /** The tenant: a GUID or a domain. */
  readonly tenantId: string;
  /** The application's id. */
  readonly clientId: string;
  /** Default: `https://login.microsoftonline.com`. For Muster: its own URL. See also `clouds`. */
  readonly authority?: string | undefined;
  /** For each try. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** For tests. */
  readonly runtime?: Runtime | undefined;
}

/** The answer of a token endpoint or a device code endpoint: any JSON object. */
export type TokenAnswer = Readonly<Record<string, unknown>>;

/** Posts a form to an endpoint of the authority, with retries. Gives the answer's JSON, also of a refusal. */
export async function postForm(
  options: AuthorityOptions,
  endpoint: 'token' | 'devicecode',
  form: { readonly fields: Record<string, string>; readonly signal?: AbortSignal | undefined },
): Promise<TokenAnswer> {
  const url = endpointUrl(options, endpoint);
  const runtime = options.runtime ?? systemRuntime;
  for (let tried = 1; ; tried++) {
    const answer = await post(url, options, form).catch((error: unknown) => {
      if (error instanceof ConnectionError || error instanceof TimeoutError) return error;
      throw error;
    });
    const isFailed = answer instanceof Error;
    if (!isFailed && !isRetryableStatus(answer.status)) return readAnswer(answer, url);
    const retryAfterMs = isFailed
      ? undefined
      : parseRetryAfterMs(answer.headers.get('Retry-After'), runtime.now());
    if (isFailed && !isPassingFailure(answer)) throw answer;
    const delayMs = retryDelayMs(defaultRetryPolicy, { tried, retryAfterMs }, runtime);
    if (delayMs === undefined) {
      if (isFailed) throw answer;
      return readAnswer(answer, url);
    }
    await runtime.sleep(delayMs, form.signal);
  }
}

/** The access token of a token endpoint's answer. Throws an `AuthenticationError` for a refusal. */
export function toAccessToken(answer: TokenAnswer, runtime: Runtime = systemRuntime): AccessToken {
  const { access_token: token, expires_in: expiresIn } = answer;
  if (typeof token !== 'string' || token === '') throw toAuthenticationError(answer);
  // v1 endpoints give the seconds as text. Without any, an hour, which is the usual life.
  const seconds = Number(expiresIn ?? 3600);
  const lifeMs = (Number.isFinite(seconds) ? seconds : 3600) * 1000;
  return { token, expiresOnTimestamp: runtime.now() + lifeMs };
}

export function toAuthenticationError(answer: TokenAnswer): AuthenticationError {
  const code = typeof answer.error === 'string' ? answer.error : undefined;
  const description = typeof answer.error_description === 'string' ? answer.error_description : undefined;
  return new AuthenticationError(code, description ?? code ?? 'the authority gave no reason.');
}

function endpointUrl(options: AuthorityOptions, endpoint: string): string {
  const authority = (options.authority ?? 'https://login.microsoftonline.com').replace(/\/+$/, '');
  return `${authority}/${encodeURIComponent(options.tenantId)}/oauth2/v2.0/${endpoint}`;
}

function post(
  url: string,
  options: AuthorityOptions,
  form: { readonly fields: Record<string, string>; readonly signal?: AbortSignal | undefined },
): Promise<Answer> {
  const init: RequestInit = {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form.fields).toString(),
  };
  const { fetch = globalThis.fetch, timeoutMs = 30_000 } = options;
  return fetchOnce(url, init, { fetch, timeoutMs, signal: form.signal });
}

function readAnswer(answer: Answer, url: string): TokenAnswer {
  try {
    const body: unknown = JSON.parse(answer.text);
    if (typeof body === 'object' && body !== null) return body as TokenAnswer;
  } catch {
    // Told below.
  }
  throw new UnreadableAuthorityError(new URL(url).origin, answer.status);
}
