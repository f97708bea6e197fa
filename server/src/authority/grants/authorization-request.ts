import { redirectUrisOf } from '../console-application.ts';
import { isRegistered } from '../redirect-uri.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import type { Context } from '../../registry/context.ts';
import type { Application } from '../../store/access/applications.ts';
import { identifyApplication } from './authenticate-application.ts';
import { defaultAudience } from '../clouds.ts';
import { readWish, required, type TokenRequest } from './token-request.ts';

/** How the response is returned: in the query or fragment of the redirect, or posted by a page. */
export const responseModes = ['query', 'fragment', 'form_post'] as const;

export type ResponseMode = (typeof responseModes)[number];

/** Where a response is sent. */
export interface WayBack {
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state: string | undefined;
}

/** What an application wants of a user, checked. Plain text members: it travels through the sign-in page. */
export interface AuthorizationRequest extends WayBack {
  readonly clientId: string;
  readonly codeChallenge: string | undefined;
  readonly audience: string;
  readonly scope: string;
  readonly nonce: string | undefined;
  /** Whether an ID token comes back beside the code. */
  readonly wantsIdToken: boolean;
}

/** A refusal that the application may be told by way of the browser. */
export class AuthorizationRefusal extends Error {
  readonly back: WayBack;
  readonly error: string;

  constructor(back: WayBack, refusal: { error: string; text: string }) {
    super(refusal.text);
    this.back = back;
    this.error = refusal.error;
  }
}

/**
 * Checks a request to sign a user in. Throws TokenError as long as it is not certain that the redirect URI belongs to
 * the application: then the browser must not be sent there. Throws AuthorizationRefusal afterwards.
 */
export async function checkAuthorizationRequest(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<{ application: Application; request: AuthorizationRequest }> {
  const application = await identifyApplication(ctx, request);
  const redirectUris = redirectUrisOf(authority.publicUrl, application);
  const [onlyUri, ...otherUris] = redirectUris;
  const redirectUri =
    (otherUris.length === 0 && !request.form.has('redirect_uri') && onlyUri) ||
    required(request, 'redirect_uri');
  if (!isRegistered(redirectUri, redirectUris)) throw new TokenError('wrongRedirectUri');
  const types = (request.form.get('response_type') ?? '').split(' ').toSorted().join(' ');
  const wantsIdToken = types === 'code id_token';
  const askedMode = request.form.get('response_mode') ?? (wantsIdToken ? 'fragment' : 'query');
  const responseMode = responseModes.find((mode) => mode === askedMode) ?? 'query';
  const back = { redirectUri, responseMode, state: request.form.get('state') };
  const refuse = (error: string, text: string): never => {
    throw new AuthorizationRefusal(back, { error, text });
  };
  if (types !== 'code' && !wantsIdToken)
    refuse('unsupported_response_type', 'Only response_type=code and code id_token are served.');
  if (responseMode !== askedMode)
    refuse('invalid_request', `response_mode can be ${responseModes.join(', ')}.`);
  if (wantsIdToken && responseMode === 'query')
    refuse('invalid_request', 'An ID token is not sent in a query: use response_mode=form_post or fragment.');
  if (wantsIdToken && !request.form.has('nonce'))
    refuse('invalid_request', 'response_type=code id_token needs a nonce.');
  if (request.form.get('prompt') === 'none')
    refuse('login_required', 'Nobody is signed in: every sign-in needs the page.');
  const codeChallenge = readChallenge(request, application, refuse);
  const { audience = defaultAudience, scope } = readWishOr(authority, request, refuse);
  const nonce = request.form.get('nonce');
  const { clientId } = application;
  return { application, request: { ...back, clientId, codeChallenge, audience, scope, nonce, wantsIdToken } };
}

type Refuse = (error: string, text: string) => never;

function readChallenge(request: TokenRequest, application: Application, refuse: Refuse): string | undefined {
  const challenge = request.form.get('code_challenge');
  if (challenge === undefined) {
    if (application.isPublic)
      refuse('invalid_request', 'A public application must send a code_challenge (PKCE).');
    return undefined;
  }
  if (request.form.get('code_challenge_method') !== 'S256')
    refuse('invalid_request', 'Only code_challenge_method=S256 is served.');
  // RFC 7636: 43 characters of base64url, the length of a SHA-256 digest.
  if (!/^[\w-]{43}$/.test(challenge))
    refuse('invalid_request', 'The code_challenge is no SHA-256 in base64url.');
  return challenge;
}

function readWishOr(authority: TokenAuthority, request: TokenRequest, refuse: Refuse) {
  try {
    return readWish(authority, request);
  } catch (error) {
    if (error instanceof TokenError) return refuse(error.error, error.message);
    throw error;
  }
}
