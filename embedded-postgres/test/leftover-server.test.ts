import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { access, readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

import { startEmbeddedPostgres } from '../src/embedded-postgres.ts';
import { DataDirectoryInUseError } from '../src/embedded-postgres.ts';
import { serviceLockKey } from '../src/service-lock.ts';
import { serviceCommand, startService, type ServiceEvent } from './service-process.ts';
import {
  isAlive,
  makeTemporaryDirectory,
  queryOnce,
  readPostmasterPid,
  startForTest,
  useDataDirectory,
} from './temporary-data-directory.ts';

test('a PostgreSQL left by a killed service is stopped, and its data is served by the next one', async (t) => {
  const dataDirectory = await useDataDirectory();
  const service = startService(t, serviceCommand(dataDirectory));
  assert.equal((await service.next()).event, 'running');
  const orphan = await readPostmasterPid(dataDirectory);
  await service.kill();
  assert.equal(isAlive(orphan), true, 'the orphan outlives its service');

  const messages: string[] = [];
  const { connection } = await startForTest(t, { dataDirectory, log: (message) => messages.push(message) });
  assert.deepEqual(messages, ['stopping the PostgreSQL that a killed service left running']);
  assert.notEqual(await readPostmasterPid(dataDirectory), orphan);
  assert.deepEqual(await queryOnce(connection, 'select 1 as one'), [{ one: 1 }]);
});

test('a second service on a directory in use is refused, and the first one does not notice', async (t) => {
  const dataDirectory = await useDataDirectory();
  const lost: string[] = [];
  const first = await startForTest(t, { dataDirectory, onUnexpectedExit: (detail) => lost.push(detail) });
  await assert.rejects(startEmbeddedPostgres({ dataDirectory }), (error: unknown) => {
    assert.ok(error instanceof DataDirectoryInUseError);
    assert.match(error.message, /Another Muster service is using the data directory/);
    assert.ok(error.message.includes(dataDirectory));
    assert.match(error.message, /Stop that service, or start this one with another --data-dir/);
    return true;
  });
  assert.deepEqual(await queryOnce(first.connection, 'select 1 as one'), [{ one: 1 }]);
  assert.deepEqual(lost, []);
});

test('the lock is taken anew when its connection is ended, so a second service is still refused', async (t) => {
  const dataDirectory = await useDataDirectory();
  const { connection } = await startForTest(t, { dataDirectory });
  const maintenance = { ...connection, database: 'postgres' };
  const holder = `select pid from pg_locks where locktype = 'advisory'
    and ((classid::bigint << 32) | objid::bigint) = ${serviceLockKey}`;
  const [before] = await queryOnce(maintenance, holder);
  await queryOnce(maintenance, `select pg_terminate_backend(${String(before?.['pid'])}, 5000)`);
  await assert.rejects(startEmbeddedPostgres({ dataDirectory }), DataDirectoryInUseError);
  const [after] = await queryOnce(maintenance, holder);
  assert.notEqual(after?.['pid'], before?.['pid']);
});

test('of services started at the same moment on a new directory exactly one runs, the others say why not', async (t) => {
  const dataDirectory = join(await makeTemporaryDirectory(t), 'data');
  await raceServices(t, dataDirectory);
  assert.deepEqual(
    (await readdir(dataDirectory)).filter((name) => name.includes('.new-')),
    [],
    'no half cluster is left',
  );
  const { connection } = await startForTest(t, { dataDirectory });
  assert.deepEqual(await queryOnce(connection, 'select 1 as one'), [{ one: 1 }]);
});

test('of services started at the same moment on a used directory exactly one runs', async (t) => {
  const dataDirectory = await useDataDirectory();
  await raceServices(t, dataDirectory);
  await raceServices(t, dataDirectory);
});

test('of services started at the same moment on a crashed one exactly one runs', async (t) => {
  const dataDirectory = await useDataDirectory();
  const service = startService(t, serviceCommand(dataDirectory));
  assert.equal((await service.next()).event, 'running');
  await service.kill();
  await raceServices(t, dataDirectory);
});

function isRunning({ event }: ServiceEvent): boolean {
  return event === 'running';
}

async function raceServices(t: TestContext, dataDirectory: string): Promise<void> {
  const services = Array.from({ length: 3 }, () => startService(t, serviceCommand(dataDirectory)));
  const events = await Promise.all(services.map((service) => service.next()));
  assert.equal(events.filter(isRunning).length, 1, JSON.stringify(events));
  for (const event of events.filter((event) => !isRunning(event))) {
    assert.equal(event.name, 'DataDirectoryInUseError', event.message);
  }
  const winner = services[events.findIndex(isRunning)];
  winner?.child.kill('SIGTERM');
  assert.deepEqual(await winner?.next(), { event: 'drained', answer: 42 }, 'the winner is undisturbed');
  assert.deepEqual(await winner?.next(), { event: 'stopped' });
}

test('a stale postmaster.pid with the pid of another program neither stops us nor harms that program', async (t) => {
  const dataDirectory = await useDataDirectory();
  const crashed = await startForTest(t, { dataDirectory });
  const file = join(dataDirectory, 'postgres', 'postmaster.pid');
  const text = await readFile(file, 'utf8');
  await crashed.stop();
  const bystander = spawn('sleep', ['1000']);
  t.after(() => bystander.kill('SIGKILL'));
  await writeFile(file, text.replace(/^\d+/, String(bystander.pid)));

  const { connection } = await startForTest(t, { dataDirectory });
  assert.deepEqual(await queryOnce(connection, 'select 1 as one'), [{ one: 1 }]);
  assert.equal(bystander.exitCode ?? bystander.signalCode, null, 'the other program still runs');
});

test('a postmaster.pid that a full disk left empty does not stop us', async (t) => {
  const dataDirectory = await useDataDirectory();
  const file = join(dataDirectory, 'postgres', 'postmaster.pid');
  await writeFile(file, '');
  await utimes(file, new Date(0), new Date(0));
  const { connection } = await startForTest(t, { dataDirectory });
  assert.deepEqual(await queryOnce(connection, 'select 1 as one'), [{ one: 1 }]);
});

test('a server whose processes were killed is recovered, with all that was committed', async (t) => {
  const dataDirectory = await useDataDirectory();
  const died = Promise.withResolvers<string>();
  const first = await startForTest(t, { dataDirectory, onUnexpectedExit: died.resolve });
  await queryOnce(first.connection, 'create table kept_killed as select 7 as value');
  process.kill(await readPostmasterPid(dataDirectory), 'SIGKILL');
  await died.promise;
  const { connection } = await startForTest(t, { dataDirectory });
  assert.deepEqual(await queryOnce(connection, 'select value from kept_killed'), [{ value: 7 }]);
});

test('an orphan that is still recovering is waited for', async (t) => {
  const { dataDirectory, letRecoveryEnd } = await leaveRecoveringOrphan(t);
  const messages: string[] = [];
  const log = (message: string): void => {
    messages.push(message);
    if (message.startsWith('waiting')) void letRecoveryEnd();
  };
  const { connection } = await startForTest(t, { dataDirectory, log });
  assert.equal(messages.length, 2, messages.join('\n'));
  assert.deepEqual(await queryOnce(connection, 'select value from kept'), [{ value: 7 }]);
});

test('an orphan that does not come to an end is waited for no longer than the limit', async (t) => {
  const { dataDirectory, letRecoveryEnd } = await leaveRecoveringOrphan(t);
  await assert.rejects(startEmbeddedPostgres({ dataDirectory, host: { leftoverWaitMaxMs: 200 } }), {
    name: 'EmbeddedPostgresError',
    message: /has neither become ready nor stopped within 0\.2 s/,
  });
  await letRecoveryEnd();
  await startForTest(t, { dataDirectory });
});

/** An archive recovery whose restore command waits for a file: "the database system is starting up" for as long as we like. */
async function leaveRecoveringOrphan(
  t: TestContext,
): Promise<{ dataDirectory: string; letRecoveryEnd: () => Promise<void> }> {
  const dataDirectory = await makeTemporaryDirectory(t);
  const first = await startForTest(t, { dataDirectory });
  await queryOnce(first.connection, 'create table kept as select 7 as value');
  await first.stop();
  const [asked, go] = [join(dataDirectory, 'asked'), join(dataDirectory, 'go')];
  const restore = `touch ${asked}; until test -e ${go}; do sleep 0.02; done; false`;
  const settings = join(dataDirectory, 'postgres', 'postgresql.conf');
  await writeFile(settings, `restore_command = '${restore}'\n`, { flag: 'a' });
  await writeFile(join(dataDirectory, 'postgres', 'recovery.signal'), '');
  const service = startService(t, serviceCommand(dataDirectory));
  while (!(await exists(asked))) await delay(10);
  await service.kill();
  return { dataDirectory, letRecoveryEnd: () => writeFile(go, '') };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
