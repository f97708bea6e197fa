import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../registry/context.ts';
import { lockRefreshToken } from '../../store/access/refresh-tokens.ts';
import { consoleClientId, consolePath } from '../console-application.ts';
import { issueToken } from '../grants/issue-token.ts';
import type { IssuedToken } from '../grants/issue-user-token.ts';
import { revokeFamily } from '../grants/refresh-token.ts';
import { grantBySignInLink } from '../grants/sign-in-link.ts';
import type { TokenRequest } from '../grants/token-request.ts';
import { digestSecret } from '../random-secret.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import { neverStored, readForm } from './read-token-request.ts';

const sessionPath = `${consolePath}session`;

/** Sent by the console with each of these requests. A page of another origin cannot send it without being let in first. */
const proofHeader = 'x-muster-console';

/**
 * The console's session. Its refresh token is in a cookie that no script can read, and that is sent to these three
 * operations alone; its access tokens are in the memory of the page.
 *
 * POST begins it with the code of a sign-in or with a one-time link, PUT renews its access token, DELETE ends it.
 */
export function addConsoleSession(app: FastifyInstance, ctx: Context, authority: TokenAuthority): void {
  const secure = () => (authority.publicUrl.startsWith('https:') ? '; Secure' : '');
  const answer = (reply: FastifyReply, issued: IssuedToken) => {
    const { token, notBefore, expiresAt, refreshToken } = issued;
    if (refreshToken !== undefined) reply.header('Set-Cookie', cookieOf(refreshToken) + secure());
    return reply.headers(neverStored).send({ access_token: token, expires_in: expiresAt - notBefore });
  };
  app.post(sessionPath, async (request, reply) => {
    const asked = readSessionRequest(request);
    if (asked.form.has('link')) return answer(reply, await grantBySignInLink(ctx, authority, asked));
    return answer(reply, await issueToken(ctx, authority, withGrant(asked, 'authorization_code')));
  });
  app.put(sessionPath, async (request, reply) => {
    const asked = withGrant(readSessionRequest(request), 'refresh_token');
    asked.form.set('refresh_token', readCookie(request) ?? '');
    return answer(reply, await issueToken(ctx, authority, asked));
  });
  app.delete(sessionPath, async (request, reply) => {
    readSessionRequest(request);
    const token = readCookie(request);
    if (token !== undefined) await endSession(ctx, token);
    reply.header('Set-Cookie', `${cookieOf('')}; Max-Age=0${secure()}`);
    return reply.code(204).headers(neverStored).send();
  });
}

type SessionRequest = TokenRequest & { readonly form: Map<string, string> };

/** Throws TokenError for a request that another site's page may have caused. */
function readSessionRequest(request: FastifyRequest): SessionRequest {
  if (request.headers[proofHeader] === undefined) throw new TokenError('invalidRequest', proofHeader);
  return { tenant: 'organizations', version: 'v2', form: readForm(request), address: request.ip };
}

function withGrant(asked: SessionRequest, grantType: string): SessionRequest {
  asked.form.set('grant_type', grantType);
  asked.form.set('client_id', consoleClientId);
  return asked;
}

/** Ends everything that came of the sign-in of a refresh token. */
async function endSession(ctx: Context, token: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const found = await lockRefreshToken(tx, digestSecret(token), ctx.now());
    if (found) await revokeFamily(tx, found.familyId);
  });
}

/** Ends with the browser: no Max-Age. */
function cookieOf(refreshToken: string): string {
  return `muster_console=${refreshToken}; Path=${sessionPath}; HttpOnly; SameSite=Strict`;
}

function readCookie({ headers }: FastifyRequest): string | undefined {
  return /(?:^|; *)muster_console=([\w-]{43})(?:;|$)/.exec(headers.cookie ?? '')?.[1];
}
