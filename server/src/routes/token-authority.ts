import type { FastifyInstance } from 'fastify';
import type { TokenAuthority } from '../authority/token-authority.ts';
import type { VerifyAccessToken } from '../authority/verify-access-token.ts';
import type { Context } from '../context.ts';
import { addAuthorizePage } from './sign-in/authorize-page.ts';
import { addDeviceLoginPage } from './sign-in/device-login-page.ts';
import { addDeviceCodes } from './token/device-codes.ts';
import { addDiscovery } from './token/discovery.ts';
import { addGenerateToken } from './token/generate-token.ts';
import { addTokenEndpoints } from './token/token-endpoints.ts';

/** Muster's own token authority: token endpoints, discovery, sign-in pages, and Partner Center's token exchange. */
export function addTokenRoutes(
  app: FastifyInstance,
  ctx: Context,
  parts: { authority: TokenAuthority; verify: VerifyAccessToken },
): void {
  const { authority } = parts;
  addTokenEndpoints(app, ctx, authority);
  addDeviceCodes(app, ctx, authority);
  addDiscovery(app, ctx, authority);
  addGenerateToken(app, ctx, parts);
  addAuthorizePage(app, ctx, authority);
  addDeviceLoginPage(app, ctx, authority);
}
