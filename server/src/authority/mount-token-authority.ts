import type { FastifyInstance } from 'fastify';
import { RequestError } from '../http/request-error.ts';
import { TokenError } from './token-error.ts';
import type { Context } from '../registry/context.ts';
import { addAuthorizePage } from './pages/authorize-page.ts';
import { addDeviceLoginPage } from './pages/device-login-page.ts';
import { addMfaSetupPage } from './pages/mfa-setup-page.ts';
import { addConsoleSession } from './endpoints/console-session.ts';
import { addDiscovery } from './endpoints/discovery.ts';
import { addGenerateToken, type GenerateTokenParts } from './endpoints/generate-token.ts';
import { addTokenEndpoints } from './endpoints/token-endpoints.ts';

/** Muster's own token authority: token endpoints, discovery, sign-in pages, and Partner Center's token exchange. */
export function addTokenRoutes(app: FastifyInstance, ctx: Context, parts: GenerateTokenParts): void {
  const { authority } = parts;
  addGenerateToken(app, ctx, parts);
  app.register((routes, _options, done) => {
    routes.setErrorHandler((error) => {
      throw toTokenError(error);
    });
    addTokenEndpoints(routes, ctx, authority);
    addDiscovery(routes, ctx, authority);
    addConsoleSession(routes, ctx, authority);
    addAuthorizePage(routes, ctx, authority);
    addDeviceLoginPage(routes, ctx, authority);
    addMfaSetupPage(routes, ctx, authority);
    done();
  });
}

/** A body that is too large, in the words of a token endpoint. */
function toTokenError(error: unknown): unknown {
  const isTooLarge = error instanceof RequestError && error.problem.kind === 'body-too-large';
  return isTooLarge ? new TokenError('malformedRequest', 'body') : error;
}
