import type { AccessToken, TokenCredential } from '@muster/sdk';

/** Who is signed in, as the access token says. For display: the service decides what they may do. */
export interface SignedInUser {
  readonly displayName: string;
  readonly userName: string;
  readonly roles: readonly string[];
}

/** The sign-in was refused, for a reason that the service gives. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
}

const sessionUrl = '/console/session';
const clientId = 'c5f0a9de-6a04-4c1c-9b0e-0d3f6c1e7a52';
const scope = 'openid offline_access https://api.partnercenter.microsoft.com/user_impersonation';
const pendingKey = 'muster sign-in';

/** What has to survive the way to the sign-in page and back. Worth nothing once the code is redeemed. */
interface PendingSignIn {
  readonly state: string;
  readonly verifier: string;
  readonly returnTo: string;
}

/** The access token is in memory alone; what renews it is in a cookie that no script can read. */
let token: AccessToken | undefined;

/** Gives the SDK a token that is good now, renewing it where necessary. */
export const sessionCredential: TokenCredential = {
  getToken: async () => {
    const isGood = token && token.expiresOnTimestamp - Date.now() > 60_000;
    if (!isGood) await renewSession();
    return token ?? null;
  },
};

let renewal: Promise<void> | undefined;

/** Gets a new access token. Throws a `SignInError` when the session has ended. */
export function renewSession(): Promise<void> {
  renewal ??= callSession('PUT').finally(() => (renewal = undefined));
  return renewal;
}

/**
 * Signs in with what the address holds (a one-time link, or the code of the sign-in page) or with the session of this
 * browser. Gives the path to show; undefined when nobody is signed in. Throws a `SignInError`.
 */
export async function openSession(): Promise<string | undefined> {
  const link = new URLSearchParams(location.hash.slice(1)).get('link');
  if (link !== null) {
    history.replaceState(null, '', location.pathname);
    await callSession('POST', { link });
    return '/console/';
  }
  if (location.pathname === '/console/signed-in') return finishSignIn();
  try {
    await renewSession();
    return location.pathname + location.search;
  } catch (error) {
    if (error instanceof SignInError) return undefined;
    throw error;
  }
}

/** Leads to the sign-in page (RFC 7636: authorization code with PKCE). */
export async function beginSignIn(returnTo: string): Promise<void> {
  const verifier = randomText();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const pending: PendingSignIn = { state: randomText(), verifier, returnTo };
  sessionStorage.setItem(pendingKey, JSON.stringify(pending));
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri(),
    scope,
    state: pending.state,
    code_challenge: toBase64Url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  });
  location.assign(`/organizations/oauth2/v2.0/authorize?${query.toString()}`);
}

async function finishSignIn(): Promise<string> {
  const answer = new URLSearchParams(location.search);
  const pending = JSON.parse(sessionStorage.getItem(pendingKey) ?? 'null') as PendingSignIn | null;
  sessionStorage.removeItem(pendingKey);
  history.replaceState(null, '', '/console/');
  const code = answer.get('code');
  if (code === null || !pending || answer.get('state') !== pending.state)
    throw new SignInError(answer.get('error_description') ?? '');
  await callSession('POST', { code, code_verifier: pending.verifier, redirect_uri: redirectUri() });
  return pending.returnTo;
}

/** Ends the session here and at the service. */
export async function endSession(): Promise<void> {
  await fetch(sessionUrl, { method: 'DELETE', headers: proof });
  token = undefined;
}

/** Undefined before `openSession`. */
export function signedInUser(): SignedInUser | undefined {
  const claims = token?.token.split('.')[1];
  if (claims === undefined) return undefined;
  const bytes = Uint8Array.from(atob(claims.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
    one.charCodeAt(0),
  );
  const { name, upn, roles } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  return {
    displayName: String(name),
    userName: String(upn),
    roles: Array.isArray(roles) ? roles.map(String) : [],
  };
}

/** No other origin's page can send it. */
const proof = { 'X-Muster-Console': '1' };

async function callSession(method: 'POST' | 'PUT', form: Record<string, string> = {}): Promise<void> {
  const response = await fetch(sessionUrl, { method, headers: proof, body: new URLSearchParams(form) });
  const answer = (await response.json()) as {
    access_token?: string;
    expires_in?: number;
    error_description?: string;
  };
  const { access_token: value, expires_in: seconds = 0 } = answer;
  if (value === undefined) {
    // A service that is busy or away says nothing about the session.
    if (response.status >= 500 || response.status === 429) throw new Error(answer.error_description);
    token = undefined;
    throw new SignInError(answer.error_description ?? '');
  }
  token = { token: value, expiresOnTimestamp: Date.now() + seconds * 1000 };
}

function redirectUri(): string {
  return `${location.origin}/console/signed-in`;
}

function randomText(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
