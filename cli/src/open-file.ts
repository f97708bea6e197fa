import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from './cli-error.ts';

/** The bytes of a file. Throws a `CliError` that says what is wrong with it. */
export async function* openFile(file: string, workingDirectory: string): AsyncGenerator<Uint8Array> {
  const path = resolve(workingDirectory, file);
  try {
    if ((await stat(path)).isDirectory()) throw new CliError('fileIsDirectory', { file });
    yield* createReadStream(path, { highWaterMark: 65_536 });
  } catch (fault) {
    throw translateFileFault(fault, file);
  }
}

/** Turns a failure to write a file into an error for the user. Returns other errors unchanged. */
export function translateWriteFault(fault: unknown, file: string): unknown {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
  return isSystemCode(code) ? new CliError('fileUnwritable', { file, reason: code }) : fault;
}

/** Turns a failure to read a file into an error for the user. Returns other errors unchanged. */
export function translateFileFault(fault: unknown, file: string): unknown {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new CliError('fileMissing', { file });
    case 'EISDIR':
      return new CliError('fileIsDirectory', { file });
    case 'EACCES':
    case 'EPERM':
      return new CliError('fileForbidden', { file });
    default:
      return isSystemCode(code) ? new CliError('fileUnreadable', { file, reason: code }) : fault;
  }
}

/** `ENOSPC` and its like; `ERR_STREAM_DESTROYED` is Node's own. */
function isSystemCode(code: unknown): code is string {
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code);
}
