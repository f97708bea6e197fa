import type { FastifyInstance } from 'fastify';
import type { TokenAuthority } from '../token-authority.ts';
import type { Context } from '../../registry/context.ts';
import {
  deviceLoginSeconds,
  devicePollSeconds,
  startDeviceLogin,
  type StartedDeviceLogin,
} from '../grants/start-device-login.ts';
import { deviceLoginPath } from '../pages/device-login-page.ts';
import { neverStored, readTokenRequest } from './read-token-request.ts';

/** Where programs without a browser begin a sign-in. The v1 endpoint writes numbers as strings. */
export function addDeviceCodes(app: FastifyInstance, ctx: Context, authority: TokenAuthority): void {
  app.post('/:tenant/oauth2/devicecode', async (request, reply) => {
    const login = await startDeviceLogin(ctx, authority, readTokenRequest(request, 'v1'));
    return reply.headers(neverStored).send({
      ...describe(authority, login),
      verification_url: authority.publicUrl + deviceLoginPath,
      expires_in: String(deviceLoginSeconds),
      interval: String(devicePollSeconds),
    });
  });
  app.post('/:tenant/oauth2/v2.0/devicecode', async (request, reply) => {
    const login = await startDeviceLogin(ctx, authority, readTokenRequest(request, 'v2'));
    return reply.headers(neverStored).send({
      ...describe(authority, login),
      verification_uri: authority.publicUrl + deviceLoginPath,
      expires_in: deviceLoginSeconds,
      interval: devicePollSeconds,
    });
  });
}

function describe(authority: TokenAuthority, { deviceCode, userCode }: StartedDeviceLogin): object {
  const page = authority.publicUrl + deviceLoginPath;
  return {
    device_code: deviceCode,
    user_code: userCode,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  };
}
