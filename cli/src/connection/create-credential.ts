import type { TokenCredential } from '@muster/sdk';
import { authenticationError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import { keepRefreshToken } from './credentials-file.ts';
import type { ConnectionSettings } from './read-settings.ts';

interface CredentialSettings extends ConnectionSettings {
  readonly authority: string;
}

const named = {
  tenantId: { flag: '--tenant-id', variable: 'MUSTER_TENANT_ID' },
  clientId: { flag: '--client-id', variable: 'MUSTER_CLIENT_ID' },
  clientSecret: { flag: '--client-secret', variable: 'MUSTER_CLIENT_SECRET' },
} as const;

/** Who calls: a user who logged in before, by their refresh token, or the application by its secret. */
export async function createCredential(
  settings: CredentialSettings,
  io: Io,
  fetch: typeof globalThis.fetch,
): Promise<TokenCredential> {
  const sdk = await import('@muster/sdk');
  const { authority, tenantId, clientId, clientSecret, refreshToken, isLogin = false } = settings;
  if (tenantId !== undefined && clientId !== undefined) {
    const application = { authority, tenantId, clientId, fetch };
    if (refreshToken !== undefined) {
      const onRefreshToken = (token: string) => keepRefreshToken(isLogin, token, io);
      return sdk.refreshTokenCredential({ ...application, clientSecret, refreshToken, onRefreshToken });
    }
    if (clientSecret !== undefined) return sdk.clientSecretCredential({ ...application, clientSecret });
  }
  const missing = Object.entries(named).filter(
    ([member]) => settings[member as keyof typeof named] === undefined,
  );
  throw authenticationError('connectionIncomplete', {
    names: missing.map(([member]) => member).join(', '),
    flags: missing.map(([, { flag }]) => flag).join(', '),
    variables: missing.map(([, { variable }]) => variable).join(', '),
  });
}
