import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import { translateFileFault, translateWriteFault } from '../open-file.ts';

/** What a credentials file may hold: the service's own `credentials.json`, and what `muster login` stores. */
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

/** Reads a credentials file. Throws when it is missing or none; its content is never in the message. */
export async function readCredentialsFile(file: string, io: Io): Promise<StoredCredentials> {
  const text = await readFile(resolve(io.workingDirectory, file), 'utf8').catch((fault: unknown) => {
    throw translateFileFault(fault, file);
  });
  const content = parse(text);
  if (!content) throw new CliError('credentialsNoJson', { file });
  const wrong = members.find(
    (member) => content[member] !== undefined && typeof content[member] !== 'string',
  );
  if (wrong) throw new CliError('credentialsNotText', { file, name: wrong });
  return content;
}

/** What `muster login` stored; nothing when nobody logged in. */
export async function readStoredLogin(io: Io): Promise<StoredCredentials> {
  try {
    return await readCredentialsFile(loginFile(io), io);
  } catch (fault) {
    if (fault instanceof CliError && fault.key === 'fileMissing') return {};
    throw fault;
  }
}

/** Where `muster login` stores. */
export function loginFile(io: Io): string {
  return join(io.environment.configDirectory, 'login.json');
}

function parse(text: string): Record<string, string> | undefined {
  try {
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    const isObject = typeof content === 'object' && content !== null && !Array.isArray(content);
    return isObject ? (content as Record<string, string>) : undefined;
  } catch {
    return undefined;
  }
}

/** Stores a login where only the user can read it. */
export async function storeLogin(login: StoredCredentials, io: Io): Promise<string> {
  const file = loginFile(io);
  // Written beside and moved over: a program that reads meanwhile sees the old file or the new one, never half of it.
  const fresh = `${file}.${randomUUID()}`;
  try {
    await mkdir(io.environment.configDirectory, { recursive: true, mode: 0o700 });
    await writeFile(fresh, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(fresh, file);
  } catch (fault) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw translateWriteFault(fault, file);
  }
  return file;
}

/** Keeps a refresh token that came in place of the stored one, which may not work a second time. */
export async function keepRefreshToken(isStored: boolean, refreshToken: string, io: Io): Promise<void> {
  if (isStored) await storeLogin({ ...(await readStoredLogin(io)), refreshToken }, io);
}
