import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startEmbeddedPostgres } from '@muster/embedded-postgres';
import { unassignedPort } from '../../server/test/support/unassigned-port.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const start = join(root, 'scripts/start.ts');
const temporary = await mkdtemp(join(tmpdir(), 'muster start '));
const dataDirectory = join(temporary, 'data');
// The same for every start: the curl line of the first one names it.
const port = await unassignedPort();
const running: Service[] = [];

after(async () => {
  for (const service of running) service.child.kill('SIGKILL');
  await rm(temporary, { recursive: true, force: true });
});

interface Service {
  readonly child: ChildProcessByStdio<Writable | null, Readable, null>;
  /** What it said so far. */
  output(): string;
}

test('the first start registers the samples, shows each outcome and a curl line that works; the second keeps all of it', async () => {
  const first = await startService();
  const story = first.output();
  assert.match(story, /ZtdDeviceAssignedToOtherTenant +808/);
  assert.match(story, /InvalidZtdHardwareHash +802/);
  assert.match(story, /Ask the supplier or the former owner to deregister it/);
  assert.match(story, /10 devices: 7 succeeded, 3 failed/);
  const curl = /^curl .*$/m.exec(story)?.[0] ?? '';
  assert.equal(await statusBy(curl), 'finished 10/10');

  const mode = (await stat(join(dataDirectory, 'credentials.json'))).mode & 0o777;
  assert.equal(mode, 0o600);
  const credentials = JSON.parse(await readFile(join(dataDirectory, 'credentials.json'), 'utf8')) as Record<
    string,
    string
  >;
  assert.deepEqual(Object.keys(credentials), [
    'baseUrl',
    'authority',
    'tenantId',
    'clientId',
    'clientSecret',
    'customerId',
  ]);
  assert.ok(!story.includes(credentials.clientSecret ?? ''));

  const intruder = await startService();
  assert.equal(intruder.child.exitCode, 1);
  assert.match(intruder.output(), /another Muster/i);
  assert.ok(intruder.output().includes(dataDirectory));

  first.child.kill('SIGTERM');
  assert.deepEqual(await once(first.child, 'exit'), [0, null]);

  const second = await startService();
  assert.doesNotMatch(second.output(), /samples/);
  assert.equal(await statusBy(curl), 'finished 10/10');
  second.child.kill('SIGTERM');
  assert.deepEqual(await once(second.child, 'exit'), [0, null]);
});

test('a signal that ends the shell of npm stops the service and its PostgreSQL', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  // The second command keeps a shell from replacing itself with the first one.
  const command = `${scripts.start} --port 0 --data-dir '${dataDirectory}'; exit`;
  const { child } = await follow(
    spawn('sh', ['-c', command], {
      cwd: root,
      env: {
        PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
        npm_lifecycle_event: 'start',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const postmaster = join(dataDirectory, 'postgres/postmaster.pid');
  assert.ok(existsSync(postmaster));
  child.kill('SIGTERM');
  // The service keeps the pipe open until it has ended.
  await once(child, 'close');
  assert.ok(!existsSync(postmaster));
});

test('at a terminal, the first start prints no log line: the log is a private file, and --log json prints it', async (t) => {
  if (process.platform !== 'linux') return t.skip('needs the script command of util-linux');
  const directory = await mkdtemp(join(tmpdir(), 'muster start '));
  const file = join(directory, 'muster.log');
  const first = await startAtTerminal(directory, '');
  assert.match(first.output(), /10 devices: 7 succeeded, 3 failed/);
  assert.ok(first.output().includes(`Log: ${file}`));
  assert.doesNotMatch(first.output(), /\{"level"/);
  await interrupt(first);
  assert.match(await readFile(file, 'utf8'), /^\{"level":30,.*"msg":"/);
  assert.equal((await stat(file)).mode & 0o777, 0o600);

  const second = await startAtTerminal(directory, '--log json');
  assert.doesNotMatch(second.output(), /Log: /);
  await interrupt(second);
  assert.match(second.output(), /\{"level":30,/);
  await rm(directory, { recursive: true, force: true });
});

test('a reader of the output that goes away does not end the service', async () => {
  const directory = await newDirectoryWithPostgres();
  const child = spawn(process.execPath, [start, '--port', '0', '--data-dir', directory], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  child.stdout.once('data', () => child.stdout.destroy());
  // The last thing the sample run leaves: the folder of its finished upload.
  const isDone = () =>
    existsSync(join(directory, 'uploads')) && readdirSync(join(directory, 'uploads')).length === 0;
  while (!isDone() && child.exitCode === null) await delay(10);
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  await rm(directory, { recursive: true, force: true });
});

test('settings that refuse the samples, or a public URL that leads nowhere, do not end the service', async () => {
  for (const [settings, words] of [
    [{ MUSTER_STRICT_APP_USER: 'true' }, /The sample devices were not registered: .+\n/],
    [{ MUSTER_CLAIM_CUSTOMERS: 'false' }, /The sample devices were not registered: .+\n/],
    [{ MUSTER_DEVICES_PER_CALL: '5' }, /The sample devices were not registered: .*at most 5.*\n/],
    [{ MUSTER_BODY_BYTES: '2000' }, /The sample devices were not registered: .*2000 bytes.*\n/],
    [{ MUSTER_PUBLIC_URL: 'https://muster.invalid' }, /10 devices: 7 succeeded, 3 failed/],
  ] as const) {
    const directory = await newDirectoryWithPostgres();
    const { child, output } = await startService(['--port', '0', '--data-dir', directory], settings);
    assert.match(output(), words);
    assert.match(output(), /Muster is up\./);
    assert.equal(child.exitCode, null);
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    await rm(directory, { recursive: true, force: true });
  }
});

test('a setting that cannot be used is named in one line and nothing starts', async () => {
  for (const [args, words] of [
    [['--port', 'http'], /MUSTER_PORT is "http"; it takes a whole number from 0 to 65535/],
    [['--colour', 'red'], /--colour/],
  ] as const) {
    const service = await startService(args);
    assert.equal(service.child.exitCode, 2);
    assert.match(service.output(), words);
    assert.equal(service.output().trim().split('\n').length, 1);
  }
});

let emptyPostgres: Promise<string> | undefined;

/** A data directory in which PostgreSQL is made already, to save seconds; for the service it is a new one. */
async function newDirectoryWithPostgres(): Promise<string> {
  emptyPostgres ??= (async () => {
    const made = join(temporary, 'empty');
    await (await startEmbeddedPostgres({ dataDirectory: made })).stop();
    return made;
  })();
  const directory = await mkdtemp(join(tmpdir(), 'muster start '));
  await cp(await emptyPostgres, directory, { recursive: true });
  return directory;
}

async function startService(
  args: readonly string[] = ['--port', String(port), '--data-dir', dataDirectory],
  settings: Readonly<Record<string, string>> = {},
): Promise<Service> {
  // One pipe for both streams, as at a terminal: two pipes are read in no certain order.
  return follow(
    spawn('sh', ['-c', 'exec "$@" 2>&1', 'sh', process.execPath, start, ...args], {
      env: { PATH: process.env.PATH, ...settings },
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
}

/** Starts the service at a terminal of its own. */
async function startAtTerminal(directory: string, flags: string): Promise<Service> {
  const command = `exec '${process.execPath}' '${start}' --port 0 --data-dir '${directory}' ${flags}`;
  return follow(
    spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: { PATH: process.env.PATH, TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'ignore'],
    }),
  );
}

/** Presses Ctrl-C at the terminal of a service, which ends with status 0. */
async function interrupt({ child }: Service): Promise<void> {
  const ended = once(child, 'exit');
  child.stdin?.write('\u0003');
  assert.deepEqual(await ended, [0, null]);
}

/** Resolves when the service says that it is up, or has ended. */
async function follow(child: Service['child']): Promise<Service> {
  let output = '';
  const service = { child, output: () => output };
  running.push(service);
  const isUp = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Stop with Ctrl-C.')) resolve();
    });
  });
  await Promise.race([isUp, once(child, 'close')]);
  return service;
}

/** Pasted into a shell whose programs are to go through a proxy, as on many machines at work. */
async function statusBy(curl: string): Promise<string> {
  const env = { PATH: process.env.PATH, http_proxy: 'http://127.0.0.1:1', https_proxy: 'http://127.0.0.1:1' };
  const { stdout } = await promisify(execFile)('bash', ['-c', curl], { env });
  const status = JSON.parse(stdout) as { status: string; progress: { processed: number; total: number } };
  return `${status.status} ${status.progress.processed}/${status.progress.total}`;
}
