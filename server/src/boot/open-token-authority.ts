import { createApplicationSecretCheck } from '../authority/slow-hash.ts';
import { createExternalTokenReader } from '../authority/tokens/external-issuer.ts';
import { readTrustedIssuers } from './trusted-issuers.ts';
import { openSigningKeyRing } from '../authority/tokens/signing-key-ring.ts';
import type { SlowHasher } from '../authority/slow-hash.ts';
import type { TokenAuthority } from '../authority/token-authority.ts';
import { createTokenVerifier, partnerCenterAudiences } from '../authority/tokens/verify-access-token.ts';
import type { Config } from './config.ts';
import type { Context } from '../registry/context.ts';
import { digestSecret } from '../authority/random-secret.ts';
import type { AdminGate } from '../apis/admin/admin-admission.ts';
import type { Gate } from '../apis/partner-center/admission.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import type { Log } from '../store/log.ts';
import { isPartner } from '../registry/is-partner.ts';
import { WindowCounters } from '../http/window-counters.ts';

const failureWindowMs = 5 * 60_000;

/** Puts the token authority together, as the settings say. `publicUrl` is known for certain only after listening. */
export async function openTokenAuthority(
  ctx: Context,
  config: Config,
  hasher: SlowHasher,
): Promise<TokenAuthority & { publicUrl: string }> {
  return {
    publicUrl: config.publicUrl ?? '',
    keys: await openSigningKeyRing(ctx.db, ctx.now),
    lifetimeSeconds: config.tokenLifetimeSeconds,
    refreshLifetimeSeconds: config.refreshTokenDays * 86_400,
    audiences: [...partnerCenterAudiences, ...config.tokenAudiences],
    allowsPasswordGrant: config.allowsPasswordGrant,
    rotatesEveryRefreshToken: config.rotatesEveryRefreshToken,
    hasher,
    secrets: createApplicationSecretCheck(hasher),
    failures: new WindowCounters({ limit: config.failedSignIns, windowMs: failureWindowMs }),
  };
}

/** What requests to the API have to pass: tokens of this authority or of a trusted issuer, within the limits. */
export function createGate(
  ctx: Context,
  config: Config,
  { authority, log }: { authority: TokenAuthority; log: Log },
): Gate {
  const external = createExternalTokenReader({
    issuers: readTrustedIssuers(config.trustedIssuers),
    isPartner: (partnerId) => isPartner(ctx, partnerId),
    now: ctx.now,
    onFailure: (issuer, error) => log.warn({ issuer, err: error }, 'the keys of an issuer cannot be fetched'),
  });
  return {
    verify: createTokenVerifier(authority, { now: ctx.now, external }),
    rateLimit: createRateLimit({
      requestsPerPartner: config.partnerRequestsPerMinute,
      requestsPerCustomer: config.customerRequestsPerMinute,
      now: ctx.now,
    }),
    isStrictAboutAppUser: config.isStrictAboutAppUser,
  };
}

/** What requests to the administration API have to pass. */
export function createAdminGate(config: Config, { verify }: Gate): AdminGate {
  const settingDigest = config.adminSecret === undefined ? undefined : digestSecret(config.adminSecret);
  return { settingDigest, verify };
}
