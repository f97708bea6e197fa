import { parseGuid } from '@muster/contract/guid';
import type { Context } from '../../registry/context.ts';
import { findApplicationWithSecrets, type Application } from '../../store/access/applications.ts';
import { findPartnerByDomain } from '../../store/registry/partners.ts';
import { addressGroup } from '../sign-in-limits.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import { required, type TokenRequest } from './token-request.ts';

type ApplicationWithSecrets = Application & { readonly secretHashes: readonly string[] };

/** The application that makes a request, after its secret was checked if it has any. Throws TokenError. */
export async function authenticateApplication(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<Application> {
  const clientId = required(request, 'client_id');
  const found = await findApplicationOfTenant(ctx, request, clientId);
  const secret = request.form.get('client_secret') ?? '';
  if (found?.isPublic) {
    if (secret !== '') throw new TokenError('secretOfPublicApplication');
  } else if (secret !== '') {
    await checkSecret(authority, { clientId, address: request.address, secret }, found?.secretHashes);
  }
  if (!found) throw new TokenError('unknownApplication', clientId);
  if (!found.isPublic && secret === '') throw new TokenError('missingSecret');
  const { secretHashes: _, ...application } = found;
  return application;
}

/** Throws TokenError. It takes as long for an unknown application, so that timing does not reveal client IDs. */
async function checkSecret(
  authority: TokenAuthority,
  { clientId, address, secret }: { clientId: string; address: string; secret: string },
  secretHashes: readonly string[] | undefined,
): Promise<void> {
  // A secret that was valid a moment ago is not a guess. Other people's guesses must not lock its owner out.
  const hashes = secretHashes ?? [];
  if (authority.secrets.isRemembered(secret, hashes)) return;
  const attempt = { name: `application ${clientId}`, address };
  authority.limits.check(attempt);
  if (await authority.secrets.matches(secret, hashes, addressGroup(address)))
    return authority.limits.succeeded(attempt);
  authority.limits.failed(attempt);
  if (secretHashes) throw new TokenError('invalidSecret');
}

/** The application a request names, if it belongs to the tenant of the URL. Throws TokenError. */
export async function identifyApplication(
  ctx: Context,
  request: Pick<TokenRequest, 'tenant' | 'form'>,
): Promise<Application> {
  const clientId = required(request as TokenRequest, 'client_id');
  const found = await findApplicationOfTenant(ctx, request, clientId);
  if (!found) throw new TokenError('unknownApplication', clientId);
  const { secretHashes: _, ...application } = found;
  return application;
}

async function findApplicationOfTenant(
  ctx: Context,
  { tenant }: Pick<TokenRequest, 'tenant'>,
  clientId: string,
): Promise<ApplicationWithSecrets | undefined> {
  const partnerId = await partnerOfTenant(ctx, tenant);
  const guid = parseGuid(clientId);
  const found = guid && (await findApplicationWithSecrets(ctx.db, guid, ctx.now()));
  if (!found) return undefined;
  if (partnerId === undefined || found.partnerId === undefined) return found;
  return found.partnerId === partnerId ? found : undefined;
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
