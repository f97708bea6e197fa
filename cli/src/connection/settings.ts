import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CliError, usageError } from '../cli-error.ts';
import type { SharedValues } from '../command.ts';
import type { Io } from '../io.ts';
import { translateFileFault, translateWriteFault } from '../open-file.ts';
import { writePrivateFile } from '../write-private-file.ts';

/** The service and the identity to use. A member is absent when it was not given anywhere. */
export interface ConnectionSettings extends StoredCredentials {
  /** Whether the refresh token was stored by `muster login`. */
  readonly isLogin?: boolean;
  readonly cloud?: NonNullable<SharedValues['cloud']>;
}

/**
 * Reads the settings of the connection. Each comes from the first of these that has it: options, environment, and then
 * the credentials file or, when none is named, the stored login. The two are never mixed: they may be of two services.
 */
export async function readSettings(values: SharedValues, io: Io): Promise<ConnectionSettings> {
  const { environment } = io;
  const file = values.credentials ?? environment.credentialsFile;
  const stored = file === undefined ? await readStoredLogin(io) : await readCredentialsFile(file, io);
  const url = values.url ?? environment.url;
  // The authority in a file belongs to the base URL in the same file.
  const fallback = url === undefined || url === stored.baseUrl ? stored : { ...stored, authority: undefined };
  // A refresh token belongs to one application.
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
  for (const [name, value] of Object.entries({
    '--url': settings.baseUrl,
    '--authority': settings.authority,
  }))
    if (value !== undefined) checkUrl(name, value);
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** Throws a usage error for anything but an http or https URL. */
export function checkUrl(name: string, value: string): void {
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') throw usageError('badUrl', { name, value });
}

/** The contents of a credentials file: the service's `credentials.json`, or what `muster login` stores. */
export interface StoredCredentials {
  readonly baseUrl?: string;
  readonly authority?: string;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly refreshToken?: string;
  readonly customerId?: string;
}

const members = [
  'baseUrl',
  'authority',
  'tenantId',
  'clientId',
  'clientSecret',
  'refreshToken',
  'customerId',
] as const;

/** Reads a credentials file. Throws when it cannot be read as one; the message never shows its content. */
async function readCredentialsFile(file: string, io: Io): Promise<StoredCredentials> {
  const content = await readJsonObject(file, io);
  const wrong = members.find(
    (member) => content[member] !== undefined && typeof content[member] !== 'string',
  );
  if (wrong) throw new CliError('credentialsNotText', { file, name: wrong });
  return content;
}

/** Reads the service's `admin-credentials.json`. */
export async function readAdminCredentialsFile(
  file: string,
  io: Io,
): Promise<{ readonly baseUrl: string; readonly secret: string }> {
  const { baseUrl, secret } = await readJsonObject(file, io);
  if (typeof baseUrl !== 'string' || typeof secret !== 'string')
    throw new CliError('credentialsLack', { file, names: 'baseUrl, secret' });
  return { baseUrl, secret };
}

async function readJsonObject(file: string, io: Io): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(resolve(io.workingDirectory, file), 'utf8').catch((fault: unknown) => {
    throw translateFileFault(fault, file);
  });
  const content = parseObject(text);
  if (!content) throw new CliError('credentialsNoJson', { file });
  return content;
}

/** What `muster login` stored; empty if there is no stored sign-in. */
async function readStoredLogin(io: Io): Promise<StoredCredentials> {
  try {
    return await readCredentialsFile(loginFile(io), io);
  } catch (fault) {
    if (fault instanceof CliError && fault.key === 'fileMissing') return {};
    throw fault;
  }
}

/** The file that `muster login` writes. */
export function loginFile(io: Io): string {
  return join(io.environment.configDirectory, 'login.json');
}

/** The JSON object of a text; undefined when it is something else. */
function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    const isObject = typeof content === 'object' && content !== null && !Array.isArray(content);
    return isObject ? (content as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Stores a login where only the user can read it. */
export async function storeLogin(login: StoredCredentials, io: Io): Promise<string> {
  const file = loginFile(io);
  try {
    await mkdir(io.environment.configDirectory, { recursive: true, mode: 0o700 });
    await writePrivateFile(file, `${JSON.stringify(login, null, 2)}\n`);
  } catch (fault) {
    throw translateWriteFault(fault, file);
  }
  return file;
}

/** Replaces the stored refresh token by the one just issued: the old one may not work again. */
export async function keepRefreshToken(isStored: boolean, refreshToken: string, io: Io): Promise<void> {
  if (isStored) await storeLogin({ ...(await readStoredLogin(io)), refreshToken }, io);
}
