import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../io.ts';
import { translateWriteFault } from '../open-file.ts';
import type { Say } from '../messages/message.ts';

export interface KeptInput {
  readonly path: string | undefined;
  remove(): Promise<void>;
}

/**
 * Copies standard input to a file only the user can read, when it is among the files: the input is read twice, and
 * once more for a report. The caller removes it, whatever happens.
 */
export async function keepStandardInput(
  files: readonly string[],
  { io, say }: { io: Io; say: Say },
): Promise<KeptInput> {
  if (!files.includes('-')) return { path: undefined, remove: () => Promise.resolve() };
  if (io.stdin.isTTY) await io.stderr.write(`${say('terminalInput')}\n`);
  const directory = await mkdtemp(join(tmpdir(), 'muster-')).catch((fault: unknown) => {
    throw translateWriteFault(fault, tmpdir());
  });
  const remove = () => rm(directory, { recursive: true, force: true });
  const path = join(directory, 'input');
  try {
    await using file = await open(path, 'wx', 0o600);
    for await (const chunk of io.stdin.bytes) {
      io.interruption.throwIfAborted();
      await file.write(chunk);
    }
  } catch (fault) {
    await remove();
    throw translateWriteFault(fault, tmpdir());
  }
  return { path, remove };
}
