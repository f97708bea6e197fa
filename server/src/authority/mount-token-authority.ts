import type { FastifyInstance } from 'fastify';
import type { TokenAuthority } from './token-authority.ts';
import type { VerifyAccessToken } from './tokens/verify-access-token.ts';
import type { Context } from '../registry/context.ts';
import { addAuthorizePage } from './pages/authorize-page.ts';
import { addDeviceLoginPage } from './pages/device-login-page.ts';
import { addMfaSetupPage } from './pages/mfa-setup-page.ts';
import { addDiscovery } from './endpoints/discovery.ts';
import { addGenerateToken } from './endpoints/generate-token.ts';
import { addTokenEndpoints } from './endpoints/token-endpoints.ts';

/** Muster's own token authority: token endpoints, discovery, sign-in pages, and Partner Center's token exchange. */
export function addTokenRoutes(
  app: FastifyInstance,
  ctx: Context,
  parts: { authority: TokenAuthority; verify: VerifyAccessToken },
): void {
  const { authority } = parts;
  addTokenEndpoints(app, ctx, authority);
  addDiscovery(app, ctx, authority);
  addGenerateToken(app, ctx, parts);
  addAuthorizePage(app, ctx, authority);
  addDeviceLoginPage(app, ctx, authority);
  addMfaSetupPage(app, ctx, authority);
}
