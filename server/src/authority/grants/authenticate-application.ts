import { parseGuid } from '@muster/contract';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import type { Context } from '../../registry/context.ts';
import { findApplicationWithSecrets, type Application } from '../../store/access/applications.ts';
import { findPartnerByDomain } from '../../store/registry/partners.ts';
import { required, type TokenRequest } from './token-request.ts';

/** The application that makes a request, after its secret was checked if it has any. Throws TokenError. */
export async function authenticateApplication(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<Application> {
  const { secretHashes, ...application } = await identifyApplication(ctx, request);
  const secret = request.form.get('client_secret') ?? '';
  if (application.isPublic) {
    if (secret !== '') throw new TokenError('secretOfPublicApplication');
    return application;
  }
  if (secret === '') throw new TokenError('missingSecret');
  // A secret that was good a moment ago is no guess: somebody else's guesses must not lock its owner out.
  if (authority.secrets.isRemembered(secret, secretHashes)) return application;
  const key = `application ${application.clientId} ${request.address}`;
  refuseAfterFailures(ctx, authority, key);
  if (await authority.secrets.matches(secret, secretHashes)) return application;
  authority.failures.count(key, ctx.now());
  throw new TokenError('invalidSecret');
}

/** The application a request names, if it belongs to the tenant of the URL. Throws TokenError. */
export async function identifyApplication(
  ctx: Context,
  request: Pick<TokenRequest, 'tenant' | 'form'>,
): Promise<Application & { readonly secretHashes: readonly string[] }> {
  const clientId = required(request as TokenRequest, 'client_id');
  const guid = parseGuid(clientId);
  const partnerId = await partnerOfTenant(ctx, request.tenant);
  const application = guid && (await findApplicationWithSecrets(ctx.db, guid, ctx.now()));
  if (!application || (partnerId !== undefined && application.partnerId !== partnerId))
    throw new TokenError('unknownApplication', clientId);
  return application;
}

/** The partner a URL names; undefined where it leaves that to the application. Throws TokenError. */
export async function partnerOfTenant(ctx: Context, tenant: string): Promise<string | undefined> {
  if (/^(common|organizations)$/i.test(tenant)) return undefined;
  // Nothing else can be a domain, and PostgreSQL takes no NUL.
  const domainName = /^[\w.-]{1,253}$/.test(tenant) ? tenant : '';
  const partnerId = parseGuid(tenant) ?? (await findPartnerByDomain(ctx.db, domainName));
  if (partnerId === undefined) throw new TokenError('unknownTenant', tenant);
  return partnerId;
}

/** Throws TokenError when too many attempts under this name have failed lately. */
export function refuseAfterFailures(ctx: Context, authority: TokenAuthority, key: string): void {
  const retryAfterSeconds = authority.failures.secondsUntilRoom(key, ctx.now());
  if (retryAfterSeconds > 0) throw new TokenError('tooManyFailures', '', { retryAfterSeconds });
}
