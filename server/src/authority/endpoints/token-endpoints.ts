import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../registry/context.ts';
import {
  deviceLoginSeconds,
  devicePollSeconds,
  startDeviceLogin,
  type StartedDeviceLogin,
} from '../grants/device-login.ts';
import { issueToken } from '../grants/issue-token.ts';
import type { IssuedToken } from '../grants/issue-user-token.ts';
import { deviceLoginPath } from '../pages/device-login-page.ts';
import {
  databaseRetrySeconds,
  isDatabaseUnavailable,
  reportPassingFault,
} from '../../store/database-faults.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import { neverStored, readTokenRequest } from './read-token-request.ts';

/** The endpoints that issue tokens and device codes, at Azure AD's paths. v1 writes numbers as strings. */
export function addTokenEndpoints(app: FastifyInstance, ctx: Context, authority: TokenAuthority): void {
  app.post(
    '/:tenant/oauth2/token',
    withOAuthErrors(async (request, reply) => {
      const issued = await issueToken(ctx, authority, readTokenRequest(request, 'v1'));
      return reply.headers(neverStored).send(v1Token(issued));
    }),
  );
  app.post(
    '/:tenant/oauth2/v2.0/token',
    withOAuthErrors(async (request, reply) => {
      const issued = await issueToken(ctx, authority, readTokenRequest(request, 'v2'));
      return reply.headers(neverStored).send(v2Token(issued));
    }),
  );
  app.post(
    '/:tenant/oauth2/devicecode',
    withOAuthErrors(async (request, reply) => {
      const login = await startDeviceLogin(ctx, authority, readTokenRequest(request, 'v1'));
      return reply.headers(neverStored).send({
        ...describeLogin(authority, login),
        verification_url: authority.publicUrl + deviceLoginPath,
        expires_in: String(deviceLoginSeconds),
        interval: String(devicePollSeconds),
      });
    }),
  );
  app.post(
    '/:tenant/oauth2/v2.0/devicecode',
    withOAuthErrors(async (request, reply) => {
      const login = await startDeviceLogin(ctx, authority, readTokenRequest(request, 'v2'));
      return reply.headers(neverStored).send({
        ...describeLogin(authority, login),
        verification_uri: authority.publicUrl + deviceLoginPath,
        expires_in: deviceLoginSeconds,
        interval: devicePollSeconds,
      });
    }),
  );
}

type TokenHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Clients of these endpoints read OAuth errors, so an unavailable database is also reported as one. */
function withOAuthErrors(handler: TokenHandler): TokenHandler {
  return async (request, reply) => {
    try {
      return await handler(request, reply);
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      reportPassingFault(request.log, error);
      throw new TokenError('databaseAway', '', { retryAfterSeconds: databaseRetrySeconds });
    }
  };
}

function v1Token(issued: IssuedToken): object {
  const lifetime = String(issued.expiresAt - issued.notBefore);
  return {
    token_type: 'Bearer',
    ...(issued.scope !== undefined && { scope: issued.scope }),
    expires_in: lifetime,
    ext_expires_in: lifetime,
    expires_on: String(issued.expiresAt),
    not_before: String(issued.notBefore),
    resource: issued.audience,
    ...tokensOf(issued),
  };
}

function v2Token(issued: IssuedToken): object {
  const lifetime = issued.expiresAt - issued.notBefore;
  return {
    token_type: 'Bearer',
    ...(issued.scope !== undefined && { scope: issued.scope }),
    expires_in: lifetime,
    ext_expires_in: lifetime,
    ...tokensOf(issued),
  };
}

function tokensOf({ token, refreshToken, idToken, clientInfo }: IssuedToken): object {
  return {
    access_token: token,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(idToken !== undefined && { id_token: idToken }),
    ...(clientInfo !== undefined && { client_info: clientInfo }),
  };
}

function describeLogin(authority: TokenAuthority, { deviceCode, userCode }: StartedDeviceLogin): object {
  const page = authority.publicUrl + deviceLoginPath;
  return {
    device_code: deviceCode,
    user_code: userCode,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  };
}
