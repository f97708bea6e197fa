import { open, readFile, rename, stat, type FileHandle } from 'node:fs/promises';

/** A log larger than this is set aside as `postgres.log.1` at the next start (the one before is dropped). */
const rotateAtBytes = 8 * 1024 * 1024;
const tailBytes = 4096;
const tailLines = 8;

export interface ServerLog {
  /** Opened for appending; handed to the server as its standard output and error. */
  readonly handle: FileHandle;
  /** What was written since the log was opened, its last lines. Holds neither secrets nor rows (see server-settings). */
  tail(): Promise<string>;
}

export async function openServerLog(path: string): Promise<ServerLog> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > rotateAtBytes) await rename(path, `${path}.1`);
  const handle = await open(path, 'a', 0o600);
  const { size: openedAt } = await handle.stat();
  return { handle, tail: () => readTail(path, openedAt) };
}

async function readTail(path: string, from: number): Promise<string> {
  const text = await readFile(path).catch(() => Buffer.alloc(0));
  const lines = text
    .subarray(Math.max(from, text.length - tailBytes))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  return lines.slice(-tailLines).join('\n');
}
