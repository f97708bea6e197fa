import { AuthenticationError } from '../errors.ts';
import { clientSecretCredential } from './client-secret-credential.ts';
import { refreshTokenCredential } from './refresh-token-credential.ts';
import type { AuthorityOptions } from './token-request.ts';
import type { TokenCredential } from './token-source.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The available kinds of credentials. */
export const Credential = {
  /**
   * Creates the credential that environment variables describe. An empty variable counts as not set.
   *
   * - `MUSTER_TENANT_ID`, `MUSTER_CLIENT_ID`: required.
   * - `MUSTER_CLIENT_SECRET`: signs in as the application.
   * - `MUSTER_REFRESH_TOKEN`: signs in with a user's consent instead; together with `MUSTER_CLIENT_SECRET` for a confidential
   *   application. New refresh tokens are kept in memory only; to store them, use `refreshTokenCredential`.
   * - `MUSTER_AUTHORITY`: the authority that issues tokens. Default: `https://login.microsoftonline.com`.
   *
   * Throws an `AuthenticationError` that names missing variables, also if there are no environment variables, as in
   * browsers.
   */
  fromEnvironment(options: Pick<AuthorityOptions, 'timeoutMs' | 'fetch' | 'runtime'> = {}): TokenCredential {
    const variables = readVariables();
    const read = (name: string) => variables[name] || undefined;
    const [tenantId, clientId] = [read('MUSTER_TENANT_ID'), read('MUSTER_CLIENT_ID')];
    const [clientSecret, refreshToken] = [read('MUSTER_CLIENT_SECRET'), read('MUSTER_REFRESH_TOKEN')];
    if (!tenantId) throw missing('MUSTER_TENANT_ID');
    if (!clientId) throw missing('MUSTER_CLIENT_ID');
    const shared = { ...options, tenantId, clientId, authority: read('MUSTER_AUTHORITY') };
    if (refreshToken) return refreshTokenCredential({ ...shared, clientSecret, refreshToken });
    if (clientSecret) return clientSecretCredential({ ...shared, clientSecret });
    throw missing('MUSTER_CLIENT_SECRET or MUSTER_REFRESH_TOKEN');
  },
};

function readVariables(): Variables {
  const { env } = (globalThis as { readonly process?: { readonly env?: Variables } }).process ?? {};
  if (env) return env;
  const advice = 'Use clientSecretCredential or another credential.';
  throw new AuthenticationError(undefined, `there are no environment variables here. ${advice}`);
}

function missing(names: string): AuthenticationError {
  return new AuthenticationError(undefined, `the environment variable ${names} is not set.`);
}
