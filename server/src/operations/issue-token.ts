import { parseGuid } from '@muster/contract';
import { isClientSecret } from '../authority/client-secret.ts';
import {
  issueApplicationToken,
  type AccessToken,
  type TokenAuthority,
} from '../authority/token-authority.ts';
import { TokenError } from '../authority/token-error.ts';
import type { Context } from '../context.ts';
import { findApplication, findPartnerByDomain, type Application } from '../store/partners.ts';

/** What the token endpoints take, whichever version they are. */
export interface TokenRequest {
  /** The tenant of the URL: a partner id, its domain, `common` or `organizations`. */
  readonly tenant: string;
  readonly grantType: string | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  /** Who the token is for: v1's `resource`, or v2's `scope` without `/.default`. */
  readonly audience: string | undefined;
  readonly audienceParameter: 'resource' | 'scope';
}

/** Gives an application a token for itself (client credentials). Throws TokenError. */
export async function issueToken(
  ctx: Context,
  authority: TokenAuthority & { readonly audiences: readonly string[] },
  request: TokenRequest,
): Promise<AccessToken & { audience: string }> {
  if (request.grantType !== 'client_credentials')
    throw new TokenError('unsupportedGrant', required(request.grantType, 'grant_type'));
  const application = await authenticateApplication(ctx, request);
  const audience = required(request.audience, request.audienceParameter);
  if (!authority.audiences.includes(audience.replace(/\/$/, '')))
    throw new TokenError('unknownResource', audience);
  return { ...(await issueApplicationToken(authority, application, { audience, now: ctx.now() })), audience };
}

async function authenticateApplication(ctx: Context, request: TokenRequest): Promise<Application> {
  const clientId = required(request.clientId, 'client_id');
  const secret = required(request.clientSecret, 'client_secret');
  const partnerId = await partnerOf(ctx, request.tenant);
  const guid = parseGuid(clientId);
  const application = guid && (await findApplication(ctx.db, guid, ctx.now()));
  if (!application || (partnerId !== undefined && application.partnerId !== partnerId)) {
    throw new TokenError('unknownApplication', clientId);
  }
  const matches = await Promise.all(
    application.secretHashes.map((secretHash) => isClientSecret(secret, secretHash)),
  );
  if (!matches.includes(true)) throw new TokenError('invalidSecret');
  return application;
}

/** The partner a token URL names; undefined where it leaves that to the application. */
async function partnerOf(ctx: Context, tenant: string): Promise<string | undefined> {
  if (tenant === 'common' || tenant === 'organizations') return undefined;
  const partnerId = parseGuid(tenant) ?? (await findPartnerByDomain(ctx.db, tenant));
  if (partnerId === undefined) throw new TokenError('unknownTenant', tenant);
  return partnerId;
}

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new TokenError('invalidRequest', name);
  return value;
}
