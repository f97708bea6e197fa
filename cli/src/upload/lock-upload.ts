import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';

/**
 * Makes sure that one program at a time uses a journal. The lock is a local socket: the system itself lets go of it
 * when the program ends, however it ends, so that no stale lock can stand in the way. Throws when it is taken.
 */
export async function lockUpload(journal: string): Promise<AsyncDisposable> {
  const name = `muster-${createHash('sha256').update(journal).digest('hex').slice(0, 24)}`;
  const address = addressOf(name);
  const server = (await listen(address)) ?? (await replaceStale(address));
  if (!server) throw new CliError('uploadRunning', { file: journal });
  server.unref();
  return { [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())) };
}

/** On Linux a name outside the file system: it is gone with its program, and needs no folder that can be written. */
function addressOf(name: string): string {
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

/** The socket file of a program that has ended does not accept connections. */
async function replaceStale(address: string): Promise<Server | undefined> {
  if (address.startsWith('\0') || (await isAnswered(address))) return undefined;
  await rm(address, { force: true });
  return listen(address);
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (fault: NodeJS.ErrnoException) =>
      fault.code === 'EADDRINUSE' ? resolve(undefined) : reject(fault),
    );
    server.listen(address, () => resolve(server));
  });
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
