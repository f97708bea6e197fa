import { WireError } from '@muster/contract';
import type { FastifyRequest } from 'fastify';
import { authenticate, bearerTokenOf } from '../../authority/authenticate.ts';
import type { AccessTokenVerifier } from '../../authority/tokens/verify-access-token.ts';
import type { Context } from '../../registry/context.ts';
import { phraseOf } from '../../texts/phrase-of.ts';
import type { AdminCaller } from './admin-call.ts';
import { authenticateAdministrator } from './administrators.ts';

declare module 'fastify' {
  interface FastifyRequest {
    administrator: AdminCaller | undefined;
  }
}

/** Checks requests to the administration API. */
export interface AdminAdmission {
  /** The digest of MUSTER_ADMIN_SECRET, where that is set. */
  readonly settingDigest: Buffer | undefined;
  readonly verifier: AccessTokenVerifier;
}

/**
 * Admits only administrators, by their secret as a bearer token. Throws Unauthorized, or AdministratorRequired for a valid
 * access token, whose owner is known but not allowed.
 */
export async function admitAdministrator(
  ctx: Context,
  admission: AdminAdmission,
  request: FastifyRequest,
): Promise<void> {
  const secret = bearerTokenOf(request.headers);
  if (secret === undefined) throw new WireError('Unauthorized', { problem: phraseOf('noBearerToken') });
  request.administrator = await authenticateAdministrator(ctx, secret, admission.settingDigest);
  if (request.administrator) return;
  if (secret.includes('.')) {
    request.caller = await authenticate(request.raw, admission.verifier);
    throw new WireError('AdministratorRequired');
  }
  throw new WireError('Unauthorized', { problem: phraseOf('notAdministratorSecret') });
}
