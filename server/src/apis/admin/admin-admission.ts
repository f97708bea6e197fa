import { WireError } from '@muster/contract';
import type { FastifyRequest } from 'fastify';
import { bearerTokenOf } from '../../authority/authenticate.ts';
import type { VerifyAccessToken } from '../../authority/tokens/verify-access-token.ts';
import type { Context } from '../../registry/context.ts';
import { phraseOf } from '../../texts/phrase-of.ts';
import type { AdminCaller } from './admin-call.ts';
import { authenticateAdministrator } from './administrators.ts';

declare module 'fastify' {
  interface FastifyRequest {
    administrator: AdminCaller | undefined;
  }
}

/** What a request to the administration API has to pass. */
export interface AdminGate {
  /** The digest of MUSTER_ADMIN_SECRET, where that is set. */
  readonly settingDigest: Buffer | undefined;
  readonly verify: VerifyAccessToken;
}

/**
 * Lets administrators in, by their secret as a bearer token, and nobody else. Throws Unauthorized, and
 * AdministratorRequired for a good access token: its owner is known here, but may not.
 */
export async function admitAdministrator(
  ctx: Context,
  gate: AdminGate,
  request: FastifyRequest,
): Promise<void> {
  const secret = bearerTokenOf(request);
  if (secret === undefined) throw new WireError('Unauthorized', { problem: phraseOf('noBearerToken') });
  request.administrator = await authenticateAdministrator(ctx, secret, gate.settingDigest);
  if (request.administrator) return;
  if (secret.includes('.')) {
    request.caller = await gate.verify(secret);
    throw new WireError('AdministratorRequired');
  }
  throw new WireError('Unauthorized', { problem: phraseOf('notAdministratorSecret') });
}
