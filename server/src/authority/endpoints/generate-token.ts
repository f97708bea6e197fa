import { phrase, WireError } from '@muster/contract';
import type { FastifyInstance } from 'fastify';
import type { TokenAuthority } from '../token-authority.ts';
import { expiryOf, type VerifyAccessToken } from '../tokens/verify-access-token.ts';
import type { Context } from '../../registry/context.ts';
import { authenticate, bearerTokenOf } from '../authenticate.ts';
import { exchangeToken } from '../grants/exchange-token.ts';
import { neverStored, readForm } from './read-token-request.ts';

/**
 * POST /generatetoken: an Azure AD token for one of Partner Center's own, as SDK 1.x and old scripts ask for it. Some
 * send a wrong content type, or none (`wire.md` 7).
 */
export function addGenerateToken(
  app: FastifyInstance,
  ctx: Context,
  { authority, verify }: { authority: TokenAuthority; verify: VerifyAccessToken },
): void {
  app.post('/generatetoken', async (request, reply) => {
    const caller = await authenticate(request, verify);
    request.caller = caller;
    const grantType = readForm(request).get('grant_type');
    if (grantType !== 'jwt_token')
      throw new WireError('InvalidInput', {
        member: 'grant_type',
        problem: phrase('must be jwt_token', '必須是 jwt_token'),
      });
    const endsBy = expiryOf(bearerTokenOf(request) ?? '');
    const issued = await exchangeToken(ctx, authority, { caller, endsBy });
    return reply.headers(neverStored).send({
      access_token: issued.token,
      token_type: 'bearer',
      expires_in: issued.expiresAt - issued.notBefore,
    });
  });
}
