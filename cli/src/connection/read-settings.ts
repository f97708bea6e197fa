import { usageError } from '../cli-error.ts';
import type { SharedValues } from '../command.ts';
import type { Io } from '../io.ts';
import { readCredentialsFile, readStoredLogin, type StoredCredentials } from './credentials-file.ts';

/** Where to call and as whom; a member is absent when nobody said. */
export interface ConnectionSettings extends StoredCredentials {
  /** Whether the refresh token is the one of `muster login`. */
  readonly isLogin?: boolean;
  readonly cloud?: NonNullable<SharedValues['cloud']>;
}

/**
 * The connection: each member from the first that has it of flags, environment, credentials file, stored login.
 * The login is left out when a credentials file is named, so that two services never mix.
 */
export async function readSettings(values: SharedValues, io: Io): Promise<ConnectionSettings> {
  const { environment } = io;
  const file = values.credentials ?? environment.credentialsFile;
  const stored = file === undefined ? await readStoredLogin(io) : await readCredentialsFile(file, io);
  const url = values.url ?? environment.url;
  // The authority of a file belongs to the base URL beside it.
  const fallback = url === undefined || url === stored.baseUrl ? stored : { ...stored, authority: undefined };
  // A refresh token is of one application: it is of no use to another one.
  const isOtherApplication = [
    values['client-id'],
    values['client-secret'],
    environment.clientId,
    environment.clientSecret,
  ].some((value) => value !== undefined);
  const settings = {
    baseUrl: url ?? fallback.baseUrl,
    authority: values.authority ?? environment.authority ?? fallback.authority,
    tenantId: values['tenant-id'] ?? environment.tenantId ?? fallback.tenantId,
    clientId: values['client-id'] ?? environment.clientId ?? fallback.clientId,
    clientSecret: values['client-secret'] ?? environment.clientSecret ?? fallback.clientSecret,
    refreshToken: isOtherApplication ? undefined : fallback.refreshToken,
    isLogin: file === undefined,
    customerId: environment.customerId ?? fallback.customerId,
    cloud: values.cloud,
  };
  checkUrl('--url', settings.baseUrl);
  checkUrl('--authority', settings.authority);
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function checkUrl(name: string, value: string | undefined): void {
  if (value === undefined) return;
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') throw usageError('badUrl', { name, value });
}
