import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  discoveryDocument,
  keyDocument,
  type AccessToken,
  type TokenAuthority,
} from '../authority/token-authority.ts';
import type { Context } from '../context.ts';
import { issueToken, type TokenRequest } from '../operations/issue-token.ts';

/** The authority, and the audiences it gives tokens for. */
export type TokenRoutesOptions = TokenAuthority & { readonly audiences: readonly string[] };

/** Muster's own token authority, at the paths of Azure AD (`wire.md` 7). */
export function addTokenRoutes(app: FastifyInstance, ctx: Context, authority: TokenRoutesOptions): void {
  app.post('/:tenant/oauth2/token', async (request, reply) => {
    const form = readForm(request);
    const issued = await issueToken(ctx, authority, {
      ...readTokenRequest(request, form),
      audience: form.get('resource') ?? undefined,
      audienceParameter: 'resource',
    });
    return reply.headers(neverStored).send(v1Answer(issued));
  });
  app.post('/:tenant/oauth2/v2.0/token', async (request, reply) => {
    const form = readForm(request);
    const issued = await issueToken(ctx, authority, {
      ...readTokenRequest(request, form),
      audience: audienceOfScope(form.get('scope')),
      audienceParameter: 'scope',
    });
    return reply.headers(neverStored).send(v2Answer(issued));
  });
  app.get('/:tenant/.well-known/openid-configuration', async (request) =>
    discoveryDocument(authority, tenantOf(request), 'v1'),
  );
  app.get('/:tenant/v2.0/.well-known/openid-configuration', async (request) =>
    discoveryDocument(authority, tenantOf(request), 'v2'),
  );
  app.get('/:tenant/discovery/keys', async () => keyDocument(authority));
  app.get('/:tenant/discovery/v2.0/keys', async () => keyDocument(authority));
}

const neverStored = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

function tenantOf(request: FastifyRequest): string {
  return (request.params as { tenant: string }).tenant;
}

function readForm(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
}

/** Credentials come as form fields, or in a Basic header as RFC 6749 has it. */
function readTokenRequest(
  request: FastifyRequest,
  form: URLSearchParams,
): Omit<TokenRequest, 'audience' | 'audienceParameter'> {
  const basic = /^Basic +([\w+/=]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const [basicId, basicSecret] =
    basic === undefined ? [] : Buffer.from(basic, 'base64').toString('utf8').split(':', 2);
  return {
    tenant: tenantOf(request),
    grantType: form.get('grant_type') ?? undefined,
    clientId: form.get('client_id') ?? basicId,
    clientSecret: form.get('client_secret') ?? basicSecret,
  };
}

/** v2 names the audience inside the scope: `https://graph.windows.net/.default`. */
function audienceOfScope(scope: string | null): string | undefined {
  const first = scope
    ?.split(' ')
    .find((one) => one.endsWith('/.default') || one.endsWith('/user_impersonation'));
  return first?.replace(/\/(\.default|user_impersonation)$/, '') ?? scope ?? undefined;
}

/** v1 gives its numbers as strings. */
function v1Answer({ token, audience, notBefore, expiresAt }: AccessToken & { audience: string }): object {
  const lifetime = String(expiresAt - notBefore);
  return {
    token_type: 'Bearer',
    expires_in: lifetime,
    ext_expires_in: lifetime,
    expires_on: String(expiresAt),
    not_before: String(notBefore),
    resource: audience,
    access_token: token,
  };
}

function v2Answer({ token, notBefore, expiresAt }: AccessToken): object {
  return {
    token_type: 'Bearer',
    expires_in: expiresAt - notBefore,
    ext_expires_in: expiresAt - notBefore,
    access_token: token,
  };
}
