import type { Partner, TokenCredential } from '@muster/sdk';
import { parseGuid } from '@muster/contract/guid';
import { authenticationError, usageError } from '../cli-error.ts';
import type { Language, SharedValues, Values } from '../command.ts';
import type { Io } from '../io.ts';
import type { customerOption } from './connection-options.ts';
import { readSettings, type ConnectionSettings } from './read-settings.ts';

/** A service and who calls it. */
export interface Connection {
  readonly partner: Partner;
  readonly settings: ConnectionSettings;
  readonly baseUrl: string;
}

/** Makes the connection a command line asks for. Sends nothing yet. */
export async function connect(invocation: Language & { values: SharedValues }, io: Io): Promise<Connection> {
  const settings = await readSettings(invocation.values, io);
  const sdk = await import('@muster/sdk');
  const cloud = settings.cloud && sdk.clouds[settings.cloud];
  const baseUrl = cloud?.baseUrl ?? settings.baseUrl;
  if (baseUrl === undefined) throw authenticationError('noConnection');
  const partner = sdk.connectPartner({
    credentials: await createCredential(
      { ...settings, authority: cloud?.authority ?? settings.authority ?? baseUrl },
      io,
    ),
    baseUrl,
    cloud: settings.cloud,
    locale: invocation.locale,
    applicationName: 'Muster CLI',
    fetch: io.fetch,
  });
  return { partner, settings, baseUrl };
}

const named = {
  tenantId: { flag: '--tenant-id', variable: 'MUSTER_TENANT_ID' },
  clientId: { flag: '--client-id', variable: 'MUSTER_CLIENT_ID' },
  clientSecret: { flag: '--client-secret', variable: 'MUSTER_CLIENT_SECRET' },
} as const;

async function createCredential(
  settings: ConnectionSettings & { authority: string },
  io: Io,
): Promise<TokenCredential> {
  const sdk = await import('@muster/sdk');
  const { authority, tenantId, clientId, clientSecret } = settings;
  if (tenantId !== undefined && clientId !== undefined && clientSecret !== undefined) {
    return sdk.clientSecretCredential({ authority, tenantId, clientId, clientSecret, fetch: io.fetch });
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

/** The customer of the command line, else of the environment or the credentials. Throws when there is none. */
export function chooseCustomer(values: Values<typeof customerOption>, settings: ConnectionSettings): string {
  const customerId = values.customer ?? settings.customerId;
  if (customerId === undefined) throw usageError('missingCustomer');
  if (parseGuid(customerId) === undefined)
    throw usageError('badGuid', { name: '--customer', value: customerId });
  return customerId;
}
