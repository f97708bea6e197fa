import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FirstUser } from './bootstrap-registry.ts';
import { writePrivateFile } from './credentials-file.ts';

/** How the first user signs in to the console. The file is for its owner alone (0600). */
export interface ConsoleCredentials extends FirstUser {
  /** Where the console is. */
  readonly url: string;
}

/** Writes `console-credentials.json` for a new user, or brings the address in an old one up to date; gives what it says. */
export async function keepConsoleCredentials(
  dataDirectory: string,
  publicUrl: string,
  made: FirstUser | undefined,
): Promise<ConsoleCredentials | undefined> {
  const path = join(dataDirectory, 'console-credentials.json');
  const old = made === undefined ? await readConsoleCredentials(path) : undefined;
  const user = made ?? old;
  if (!user) return undefined;
  const { userName, password } = user;
  const credentials = { url: `${publicUrl}/console/`, userName, password };
  if (old?.url !== credentials.url) await writePrivateFile(path, `${JSON.stringify(credentials, null, 2)}\n`);
  return credentials;
}

async function readConsoleCredentials(path: string): Promise<ConsoleCredentials | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ConsoleCredentials;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
