import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivateFile } from './credentials-file.ts';

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
