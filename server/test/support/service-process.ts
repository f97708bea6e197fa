import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Credentials } from '../../src/boot/start-service.ts';
import { requestToken } from './muster.ts';

const main = fileURLToPath(new URL('../../src/boot/main.ts', import.meta.url));

/** The whole service in a process of its own, on an embedded PostgreSQL. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly dataDirectory: string;
  readonly url: string;
  readonly token: string;
  /** Exit status, and what it wrote to standard error. */
  readonly ended: Promise<{ code: number | null; errors: string }>;
  /** What it has logged so far. */
  log(): string;
  postmasterPid(): Promise<number>;
}

export interface ServiceProcessOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Put before the command. */
  readonly prefix?: readonly string[];
}

/** One for all tests of a file: creating a database cluster takes longer than most of them. */
let sharedDirectory: string | undefined;
after(async () => {
  if (sharedDirectory !== undefined) await rm(sharedDirectory, { recursive: true, force: true });
});

/** Starts a service and waits until it is up. It is stopped after the test, before the next one starts its own. */
export async function startServiceProcess(
  t: TestContext,
  { settings = {}, prefix = [] }: ServiceProcessOptions = {},
): Promise<ServiceProcess> {
  const dataDirectory = await takeDataDirectory();
  const [program = '', ...args] = [
    ...prefix,
    process.execPath,
    main,
    '--port',
    '0',
    '--data-dir',
    dataDirectory,
  ];
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [log, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => ({ code: code as number | null, errors }));
  t.after(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  // With port 0 the file names the address only once the service listens.
  const credentials = await untilReady(async () => {
    if (child.exitCode !== null) throw new Error(`The service ended: ${errors}`);
    return JSON.parse(await readFile(join(dataDirectory, 'credentials.json'), 'utf8')) as Credentials;
  });
  return {
    child,
    dataDirectory,
    url: credentials.baseUrl,
    token: await requestToken(credentials),
    ended,
    log: () => log,
    postmasterPid: async () =>
      Number.parseInt(await readFile(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8'), 10),
  };
}

async function takeDataDirectory(): Promise<string> {
  if (sharedDirectory === undefined) {
    return (sharedDirectory = await mkdtemp(join(tmpdir(), 'muster-service-')));
  }
  // What the last service wrote names its port, which others may have by now. The next one fills it in.
  const file = join(sharedDirectory, 'credentials.json');
  const credentials = JSON.parse(await readFile(file, 'utf8')) as Credentials;
  await writeFile(file, JSON.stringify({ ...credentials, baseUrl: '' }));
  return sharedDirectory;
}

async function untilReady(read: () => Promise<Credentials>): Promise<Credentials> {
  for (;;) {
    const credentials = await read().catch((error: unknown) => {
      if (error instanceof Error && error.message.startsWith('The service ended')) throw error;
      return undefined;
    });
    const isUp =
      credentials?.baseUrl &&
      (await fetch(`${credentials.baseUrl}/health/ready`).then(
        (response) => response.ok,
        () => false,
      ));
    if (isUp) return credentials;
    await delay(10);
  }
}
