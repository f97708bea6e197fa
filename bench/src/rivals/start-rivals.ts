import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { exchange } from '../machine/exchange.ts';
import { end, freePort } from '../machine/muster-service.ts';
import { seedDocument, seedPath } from './seed-document.ts';

/** A mock server that answers the seed's request with the seed's example. */
export interface Rival {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  readonly reach: number;
  stop(): Promise<void>;
}

/** The mock servers, and how each is told its document and port. Paths are inside its installed package. */
const rivals = [
  {
    name: 'Prism',
    reach: 9,
    package: '@stoplight/prism-cli',
    command: (document: string, port: number) => [
      '@stoplight/prism-cli/dist/index.js',
      'mock',
      document,
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-v',
      'silent',
    ],
  },
  {
    name: 'Mockoon',
    reach: 25,
    package: '@mockoon/cli',
    command: (document: string, port: number) => [
      '@mockoon/cli/bin/run.js',
      'start',
      '--data',
      document,
      '--port',
      String(port),
      '--disable-log-to-file',
    ],
  },
] as const;

const installMsMax = 300_000;
const startMsMax = 30_000;

/** Installs the mock servers for this run and starts them. Those that cannot be had are said and left out. */
export async function startRivals(bench: Bench): Promise<Rival[]> {
  const directory = await bench.newDirectory('rivals');
  const document = join(directory, 'openapi.json');
  await writeFile(document, JSON.stringify(seedDocument(), undefined, 2));
  const started: Rival[] = [];
  for (const rival of rivals) {
    try {
      await install(directory, rival.package);
      started.push(await start(directory, rival, document));
    } catch (error) {
      bench.say(`  ${rival.name} is left out: ${(error as Error).message}`);
    }
  }
  return started;
}

async function install(directory: string, name: string): Promise<void> {
  const args = [
    'install',
    '--prefix',
    directory,
    '--no-audit',
    '--no-fund',
    '--no-save',
    '--loglevel=error',
    name,
  ];
  const child = spawn('npm', args, {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: installMsMax,
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`npm could not install ${name}`);
}

async function start(directory: string, rival: (typeof rivals)[number], document: string): Promise<Rival> {
  const port = await freePort();
  const [program = '', ...args] = rival.command(document, port);
  const child = spawn(process.execPath, [join(directory, 'node_modules', program), ...args], {
    cwd: directory,
    stdio: 'ignore',
  });
  const stop = (): Promise<void> => end(child);
  try {
    await waitForSeed(child, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { name: rival.name, reach: rival.reach, port, path: seedPath, stop };
}

async function waitForSeed(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + startMsMax;
  for (;;) {
    const headers = { Authorization: 'Bearer token', Accept: 'application/json' };
    const answer = await exchange({ port, path: seedPath, headers }).catch(() => undefined);
    if (answer?.status === 200 && answer.body.includes('ZtdDeviceAssignedToOtherTenant')) return;
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    if (Date.now() > deadline)
      throw new Error(`it does not serve the example (status ${answer?.status ?? 'none'})`);
    await setTimeout(100);
  }
}
