import type { FastifyInstance } from 'fastify';
import type { TokenAuthority } from '../token-authority.ts';
import type { Context } from '../../registry/context.ts';
import type { IssuedToken } from '../grants/issue-user-token.ts';
import { issueToken } from '../grants/issue-token.ts';
import { neverStored, readTokenRequest } from './read-token-request.ts';

/** The token endpoints, at the paths of Azure AD (`wire.md` 7). */
export function addTokenEndpoints(app: FastifyInstance, ctx: Context, authority: TokenAuthority): void {
  app.post('/:tenant/oauth2/token', async (request, reply) => {
    const issued = await issueToken(ctx, authority, readTokenRequest(request, 'v1'));
    return reply.headers(neverStored).send(v1Answer(issued));
  });
  app.post('/:tenant/oauth2/v2.0/token', async (request, reply) => {
    const issued = await issueToken(ctx, authority, readTokenRequest(request, 'v2'));
    return reply.headers(neverStored).send(v2Answer(issued));
  });
}

/** v1 gives its numbers as strings. */
function v1Answer(issued: IssuedToken): object {
  const lifetime = String(issued.expiresAt - issued.notBefore);
  return {
    token_type: 'Bearer',
    ...(issued.scope !== undefined && { scope: issued.scope }),
    expires_in: lifetime,
    ext_expires_in: lifetime,
    expires_on: String(issued.expiresAt),
    not_before: String(issued.notBefore),
    resource: issued.audience,
    ...tokensOf(issued),
  };
}

function v2Answer(issued: IssuedToken): object {
  const lifetime = issued.expiresAt - issued.notBefore;
  return {
    token_type: 'Bearer',
    ...(issued.scope !== undefined && { scope: issued.scope }),
    expires_in: lifetime,
    ext_expires_in: lifetime,
    ...tokensOf(issued),
  };
}

function tokensOf({ token, refreshToken, idToken, clientInfo }: IssuedToken): object {
  return {
    access_token: token,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(idToken !== undefined && { id_token: idToken }),
    ...(clientInfo !== undefined && { client_info: clientInfo }),
  };
}
