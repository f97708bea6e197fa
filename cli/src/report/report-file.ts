import { randomUUID } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { access, open, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Io } from '../io.ts';
import { translateWriteFault } from '../open-file.ts';
import { writePrivateFile } from '../write-private-file.ts';

/**
 * Throws when a report could not be written here. Asked before anything is uploaded: what failed is known only once,
 * and a report that turns out to have no place then would be lost.
 */
export async function checkReportPlace(file: string, io: Io): Promise<void> {
  const path = resolve(io.workingDirectory, file);
  try {
    if (await isDevice(path)) return await access(path, constants.W_OK);
    const probe = `${path}.${randomUUID()}`;
    await (await open(probe, 'wx', 0o600)).close();
    await rm(probe);
  } catch (fault) {
    throw translateWriteFault(fault, file);
  }
}

/**
 * Writes the lines to a file that only the user can read. It is written beside and moved over: half a report never
 * stands where a whole one did.
 */
export async function writeReportFile(file: string, lines: AsyncIterable<string>, io: Io): Promise<void> {
  const path = resolve(io.workingDirectory, file);
  try {
    if (await isDevice(path)) return await pipeline(Readable.from(lines), createWriteStream(path));
    await writePrivateFile(path, lines);
  } catch (fault) {
    throw translateWriteFault(fault, file);
  }
}

/** Whether something stands there that must not be replaced, such as `/dev/stdout`. Throws for a directory. */
async function isDevice(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isDirectory()) throw Object.assign(new Error('a directory'), { code: 'EISDIR' });
  return stats !== undefined && !stats.isFile();
}
