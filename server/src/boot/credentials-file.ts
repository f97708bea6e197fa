import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The credentials of a client of this service. Only the owner can read the file (0600). */
export interface Credentials {
  /** The base URL of the API. */
  readonly baseUrl: string;
  /** Tokens are issued at `{authority}/{tenantId}/oauth2/v2.0/token`. */
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The demo customer. */
  readonly customerId: string;
}

const fileName = 'credentials.json';

/** Writes `credentials.json` atomically. */
export async function writeCredentials(dataDirectory: string, credentials: Credentials): Promise<void> {
  await writePrivateFile(join(dataDirectory, fileName), `${JSON.stringify(credentials, null, 2)}\n`);
  await writePrivateFile(join(dataDirectory, tokenRequestName), tokenRequestOf(credentials));
}

/** The credentials of this data directory; undefined when it has none. */
export async function readCredentials(dataDirectory: string): Promise<Credentials | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDirectory, fileName), 'utf8')) as Credentials;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The name of the file with the token request that `curl -K` reads, so that no secret is on a command line. */
export const tokenRequestName = 'token-request.curl';

function tokenRequestOf({ authority, tenantId, clientId, clientSecret }: Credentials): string {
  return [
    `url = "${authority}/${tenantId}/oauth2/v2.0/token"`,
    'silent',
    ...(isOnThisMachine(authority) ? ['noproxy = "*"'] : []),
    'data = "grant_type=client_credentials"',
    `data = "client_id=${clientId}"`,
    `data = "client_secret=${clientSecret}"`,
    'data-urlencode = "scope=https://api.partnercenter.microsoft.com/.default"',
    '',
  ].join('\n');
}

/** A proxy from the environment cannot reach such an address. */
function isOnThisMachine(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

/** Atomically writes a file that only its owner can read (0600). */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  await writeFile(temporary, text, { mode: 0o600 });
  await chmod(temporary, 0o600);
  await rename(temporary, path);
}

/** The credentials of the first administrator. Only the owner can read the file (0600). */
export interface AdminCredentials {
  /** The administration API is at `{baseUrl}/admin/v1`. */
  readonly baseUrl: string;
  /** The administrator's name, as shown in the log. */
  readonly administrator: string;
  /** The bearer token of the administration API. */
  readonly secret: string;
}

export const adminCredentialsName = 'admin-credentials.json';

/** Writes `admin-credentials.json` for a new administrator, or updates the address in an existing file. */
export async function keepAdminCredentials(
  dataDirectory: string,
  baseUrl: string,
  made: Omit<AdminCredentials, 'baseUrl'> | undefined,
): Promise<void> {
  const path = join(dataDirectory, adminCredentialsName);
  const old = made === undefined ? await readAdminCredentials(path) : undefined;
  const credentials = made ?? old;
  if (!credentials || old?.baseUrl === baseUrl) return;
  const { administrator, secret } = credentials;
  await writePrivateFile(path, `${JSON.stringify({ baseUrl, administrator, secret }, null, 2)}\n`);
}

async function readAdminCredentials(path: string): Promise<AdminCredentials | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as AdminCredentials;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
