import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { startTestMuster, type TestMuster } from '../../../server/test/support/muster.ts';
import { runMuster } from '../../src/run-muster.ts';
import { createFakeIo, type FakeIo, type FakeIoOptions } from './fake-io.ts';
import { createScratch } from './scratch.ts';

/** A real service, and the command line as a user has it: credentials in a file, a state folder, a customer. */
export interface Service {
  readonly muster: TestMuster;
  /** A folder with `credentials.json` in it. */
  readonly directory: string;
  /** A customer nobody has used. */
  readonly customerId: string;
  run(words: readonly string[], options?: FakeIoOptions): Promise<Run>;
  /** The `Io` of a user in the folder. */
  io(options?: FakeIoOptions): FakeIo;
}

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly questions: readonly string[];
}

const starting = startTestMuster();

/** One service for the file's tests; a folder and a customer of its own for each. */
export async function useService(
  t: TestContext,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<Service> {
  const muster = await starting;
  const customerId = randomUUID();
  const credentials = JSON.stringify({ ...muster.credentials, customerId });
  const directory = await createScratch(t, { 'credentials.json': credentials, ...files });
  const io = (options: FakeIoOptions = {}) =>
    createFakeIo({
      workingDirectory: directory,
      ...options,
      environment: {
        credentialsFile: join(directory, 'credentials.json'),
        stateDirectory: join(directory, 'state'),
        configDirectory: join(directory, 'config'),
        ...options.environment,
      },
    });
  const run = async (words: readonly string[], options?: FakeIoOptions) => {
    const used = io(options);
    const exitCode = await runMuster(words, used);
    return { exitCode, ...used.written, questions: used.questions };
  };
  return { muster, directory, customerId, run, io };
}

/** What was printed with `--json`, one object a line. */
export function readLines(stdout: string): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
