import { AuthenticationError, AuthorityUnavailableError, UnreadableAuthorityError } from '../errors.ts';
import type { Answer } from '../fetch-once.ts';
import { attemptFetch, defaultRetryPolicy, sendWithRetries } from '../retry.ts';
import { systemRuntime, type Runtime } from '../runtime.ts';
import type { AccessToken } from './token-source.ts';

/** Where and how a credential requests tokens. */
export interface AuthorityOptions {
  /** The tenant: a GUID or a domain. */
  readonly tenantId: string;
  /** The application ID. */
  readonly clientId: string;
  /** Default: `https://login.microsoftonline.com`. For Muster: its own URL. See also `clouds`. */
  readonly authority?: string | undefined;
  /** Per attempt. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** For tests. */
  readonly runtime?: Runtime | undefined;
}

/** The response of a token endpoint or a device code endpoint: any JSON object. */
export type TokenAnswer = Readonly<Record<string, unknown>>;

interface Form {
  readonly fields: Record<string, string>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Posts a form to an endpoint of the authority, with retries, and returns the JSON of its response, even if it is an error.
 * Throws an `AuthorityUnavailableError` if the authority is unavailable, a `ConnectionError`, or a `TimeoutError`.
 */
export async function postForm(
  options: AuthorityOptions,
  endpoint: 'token' | 'devicecode',
  { fields, signal }: Form,
): Promise<TokenAnswer> {
  const { fetch = globalThis.fetch, timeoutMs = 30_000, runtime = systemRuntime } = options;
  const url = endpointUrl(options, endpoint);
  const init: RequestInit = {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  };
  const send = () => attemptFetch(url, init, { fetch, timeoutMs, signal });
  const attempt = await sendWithRetries({ send, policy: defaultRetryPolicy, runtime, signal });
  if (attempt instanceof Error) throw attempt;
  return readAnswer(attempt, new URL(url).origin);
}

/** The access token in the response of a token endpoint. Throws an `AuthenticationError` if the response is an error. */
export function toAccessToken(answer: TokenAnswer, runtime: Runtime = systemRuntime): AccessToken {
  const { access_token: token, expires_in: expiresIn } = answer;
  if (typeof token !== 'string' || token === '') throw toAuthenticationError(answer);
  // v1 endpoints return the seconds as a string. The default is an hour, the usual lifetime.
  const seconds = Number(expiresIn ?? 3600);
  const lifeMs = (Number.isFinite(seconds) ? seconds : 3600) * 1000;
  return { token, expiresOnTimestamp: runtime.now() + lifeMs };
}

export function toAuthenticationError(answer: TokenAnswer): AuthenticationError {
  const code = textOf(answer.error);
  const description = textOf(answer.error_description);
  return new AuthenticationError(code, description ?? code ?? 'the authority gave no reason.');
}

function endpointUrl(options: AuthorityOptions, endpoint: string): string {
  const authority = (options.authority ?? 'https://login.microsoftonline.com').replace(/\/+$/, '');
  return `${authority}/${encodeURIComponent(options.tenantId)}/oauth2/v2.0/${endpoint}`;
}

function readAnswer({ status, text }: Answer, origin: string): TokenAnswer {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Not from the authority: an error is thrown below.
  }
  const answer = typeof body === 'object' && body !== null ? (body as TokenAnswer) : undefined;
  if (answer?.error === 'temporarily_unavailable' || status >= 500) {
    const reason = textOf(answer?.error_description) ?? textOf(answer?.error);
    throw new AuthorityUnavailableError(origin, status, reason);
  }
  if (!answer) throw new UnreadableAuthorityError(origin, status);
  return answer;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
