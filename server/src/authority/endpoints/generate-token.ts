import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseJsonBody } from '../../http/request-body.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Caller } from '../../registry/caller.ts';
import type { Context } from '../../registry/context.ts';
import { phraseOf } from '../../texts/phrase-of.ts';
import { authenticate, bearerTokenOf } from '../authenticate.ts';
import { defaultAudience, partnerCenterAudiences, successorOf } from '../clouds.ts';
import { issueAccessToken, type AccessToken, type TokenAuthority } from '../token-authority.ts';
import { expiryOf, type AccessTokenVerifier } from '../tokens/verify-access-token.ts';
import { neverStored, readForm } from './read-token-request.ts';

/**
 * POST /generatetoken and /v3/generatetoken: an Azure AD token for one of Partner Center's own, as SDK 1.x and old
 * scripts ask for it, in a form or in JSON. Some send a wrong content type, or none. v3 takes no token for the audience
 * of Azure AD Graph, as Partner Center announced for 2025-02-27.
 */
export function addGenerateToken(
  app: FastifyInstance,
  ctx: Context,
  { authority, verifier, rules }: GenerateTokenParts,
): void {
  // Before the body is read.
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    request.caller = await authenticate(request.raw, verifier);
    const successor = successorOf(request.caller.audience);
    if (successor !== undefined && request.routeOptions.url === v3Path)
      throw new RetiredAudienceError(successor);
    rules.apply(request.caller, { request, setHeader: (name, value) => void reply.header(name, value) });
  };
  const exchange = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { caller } = request;
    if (!caller) throw new Error('A request reached its route without a caller.');
    const grantType = readForm(request).get('grant_type') ?? readJsonMember(request.body, 'grant_type');
    if (grantType !== 'jwt_token')
      throw new RequestError({
        kind: 'invalid-input',
        member: 'grant_type',
        problem: phraseOf('notGrantType', { grantType: 'jwt_token' }),
      });
    const endsBy = expiryOf(bearerTokenOf(request.headers) ?? '');
    const issued = await exchangeToken(ctx, authority, { caller, endsBy });
    return reply.headers(neverStored).send({
      access_token: issued.token,
      token_type: 'bearer',
      expires_in: issued.expiresAt - issued.notBefore,
    });
  };
  app.post('/generatetoken', { onRequest }, exchange);
  app.post(v3Path, { onRequest }, exchange);
}

export interface GenerateTokenParts {
  readonly authority: TokenAuthority;
  readonly verifier: AccessTokenVerifier;
  /** Refuses a caller that the API would refuse. */
  readonly rules: {
    apply(
      caller: Caller,
      exchange: { request: FastifyRequest; setHeader: (name: string, value: string) => void },
    ): void;
  };
}

/** A token for an audience that is no longer accepted. */
export class RetiredAudienceError extends Error {
  /** What to ask for instead. */
  readonly audience: string;

  constructor(audience: string) {
    super(`Tokens are taken for ${audience} only.`);
    this.name = 'RetiredAudienceError';
    this.audience = audience;
  }
}

const v3Path = '/v3/generatetoken';

/** A text member of a JSON body; undefined where the body is something else. */
function readJsonMember(body: unknown, name: string): string | undefined {
  try {
    const value = (parseJsonBody(body) as Record<string, unknown> | null | undefined)?.[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A token of Partner Center's own for a verified one. It says the same of the caller and ends no later than the first, so
 * that nobody stays signed in by exchanging over and over.
 */
function exchangeToken(
  ctx: Context,
  authority: TokenAuthority,
  { caller, endsBy }: { caller: Caller; endsBy: number },
): Promise<AccessToken> {
  const { partnerId, clientId, userId, name, roles } = caller;
  const subject = {
    partnerId,
    clientId,
    applicationName: name,
    isPublic: false,
    roles,
    hasMfa: caller.hasMfa ?? false,
    ...(userId !== undefined && { user: { userId, userPrincipalName: name, displayName: name } }),
  };
  return issueAccessToken(authority, subject, { audience: audienceFor(caller), now: ctx.now(), endsBy });
}

/** The audience of Partner Center in the cloud of the caller's token. */
function audienceFor({ audience = defaultAudience }: Caller): string {
  return successorOf(audience) ?? (partnerCenterAudiences.includes(audience) ? audience : defaultAudience);
}
