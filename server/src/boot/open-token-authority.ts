import { createSignInLimits } from '../authority/sign-in-limits.ts';
import { createExternalTokenReader } from '../authority/tokens/external-issuer.ts';
import { readTrustedIssuers } from './trusted-issuers.ts';
import { openSigningKeyRing } from '../authority/tokens/signing-key-ring.ts';
import { createApplicationSecretCheck, type SlowHasher } from '../authority/slow-hash.ts';
import type { TokenAuthority } from '../authority/token-authority.ts';
import { createTokenVerifier } from '../authority/tokens/verify-access-token.ts';
import { partnerCenterAudiences } from '../authority/clouds.ts';
import { LRUCache } from 'lru-cache';
import type { Config } from './config.ts';
import type { Context } from '../registry/context.ts';
import { digestSecret } from '../authority/random-secret.ts';
import type { AdminAdmission } from '../apis/admin/admin-admission.ts';
import type { Admission } from '../apis/admission.ts';
import { Rules } from '../apis/partner-center/rules.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import { PartnerRequestLog } from '../registry/partner-requests/partner-request-log.ts';
import type { Log } from '../store/log.ts';
import { findPartner } from '../store/registry/partners.ts';
import { WindowCounters, type ElapsedMs } from '../http/window-counters.ts';

/** The number of device codes that an application can request per minute from one address. */
const deviceLoginsPerMinute = 30;

/** A code has six digits, and three codes are valid at a time. With so few attempts per hour, guessing one takes years. */
const wrongCodesPerHour = 10;

const usedTicketsMax = 100_000;

/** Creates the token authority from the settings. `publicUrl` is final only after the service listens. */
export async function openTokenAuthority(
  ctx: Context,
  config: Config,
  { hasher, elapsedMs }: { hasher: SlowHasher; elapsedMs: ElapsedMs },
): Promise<TokenAuthority & { publicUrl: string }> {
  return {
    publicUrl: config.publicUrl ?? '',
    keys: await openSigningKeyRing(ctx.db, { now: ctx.now, elapsedMs }),
    lifetimeSeconds: config.tokenLifetimeSeconds,
    refreshLifetimeSeconds: config.refreshTokenDays * 86_400,
    audiences: [...partnerCenterAudiences, ...config.tokenAudiences],
    hosts: config.authorityHosts,
    allowsPasswordGrant: config.allowsPasswordGrant,
    rotatesEveryRefreshToken: config.refreshRotation === 'always',
    hasher,
    secrets: createApplicationSecretCheck(hasher),
    limits: createSignInLimits({ limit: config.failedSignIns, elapsedMs }),
    secondFactors: new WindowCounters({
      limit: config.failedSignIns && wrongCodesPerHour,
      windowMs: 3_600_000,
      elapsedMs,
    }),
    deviceLogins: new WindowCounters({ limit: deviceLoginsPerMinute, windowMs: 60_000, elapsedMs }),
    // Limited by size, because `max` would allocate the memory for all entries immediately.
    usedTickets: new LRUCache({ maxSize: usedTicketsMax, sizeCalculation: () => 1 }),
  };
}

/** Checks requests to the API: tokens of this authority or of a trusted issuer, and rate limits. */
export function createAdmission(
  ctx: Context,
  config: Config,
  { authority, log, elapsedMs }: { authority: TokenAuthority; log: Log; elapsedMs: ElapsedMs },
): Admission {
  const external = createExternalTokenReader({
    issuers: readTrustedIssuers(config.trustedIssuers),
    isPartner: async (partnerId) => (await findPartner(ctx.db, partnerId)) !== undefined,
    elapsedMs,
    onFailure: (issuer, error) => log.warn({ issuer, err: error }, 'could not fetch the keys of an issuer'),
  });
  return {
    verifier: createTokenVerifier(authority, { now: ctx.now, elapsedMs, external }),
    rateLimit: createRateLimit({
      requestsPerPartner: config.partnerRequestsPerMinute,
      requestsPerCustomer: config.customerRequestsPerMinute,
      elapsedMs,
    }),
    rules: new Rules(config.rules, { isStrictAboutAppUser: config.isStrictAboutAppUser, log }),
    partnerRequests: new PartnerRequestLog({ db: ctx.db, now: ctx.now, log }),
  };
}

/** Checks requests to the administration API. */
export function createAdminAdmission(config: Config, { verifier }: Admission): AdminAdmission {
  const settingDigest = config.adminSecret === undefined ? undefined : digestSecret(config.adminSecret);
  return { settingDigest, verifier };
}
