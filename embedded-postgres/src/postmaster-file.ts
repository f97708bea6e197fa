import { randomBytes } from 'node:crypto';
import { link, readFile, rename, stat, unlink } from 'node:fs/promises';

import { errorCode } from './error-code.ts';

/** What PostgreSQL writes into postmaster.pid (its documented line order), as far as it has been written. */
export interface PostmasterFile {
  /** The file as read, to recognise it again. */
  readonly text: string;
  /** Time since the file was last written, in milliseconds. */
  readonly ageMs: number;
  /** Undefined while the file is still empty, or if it was damaged. */
  readonly pid: number | undefined;
  /** When the server started, in seconds since 1970. */
  readonly startedAtSeconds: number | undefined;
  readonly port: number | undefined;
  /** Empty where the server listens on no Unix socket. */
  readonly socketDirectory: string;
  /** Empty where the server listens on no TCP address. */
  readonly listenAddress: string;
  /** `starting`, `stopping`, `ready` or `standby`; empty at first. */
  readonly status: string;
}

/** Absent file: undefined. */
export async function readPostmasterFile(path: string): Promise<PostmasterFile | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    return { text, ageMs: Date.now() - mtimeMs, ...parsePostmasterFile(text) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parsePostmasterFile(text: string): Omit<PostmasterFile, 'text' | 'ageMs'> {
  const lines = text.split('\n').map((line) => line.trim());
  const [pid, , startedAt, port, socketDirectory = '', listenAddress = '', , status = ''] = lines;
  return {
    // A standalone back end writes its pid as a negative number.
    pid: toPositiveInteger(pid?.replace(/^-/, '')),
    startedAtSeconds: toPositiveInteger(startedAt),
    port: toPositiveInteger(port),
    socketDirectory,
    listenAddress,
    status,
  };
}

function toPositiveInteger(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/**
 * Removes a postmaster.pid found to be stale. Another service may at this moment be replacing it with its own live one, so
 * the file is first moved aside and put back if it is not the one that was judged.
 */
export async function removeStalePostmasterFile(path: string, judged: PostmasterFile): Promise<void> {
  const aside = `${path}.stale-${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch {
    return; // Someone else removed it.
  }
  if ((await readFile(aside, 'utf8')) !== judged.text) await link(aside, path).catch(() => undefined);
  await unlink(aside);
}
