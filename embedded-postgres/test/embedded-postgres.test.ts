import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { Client } from 'pg';

import { serviceCommand, startService } from './service-process.ts';
import {
  isAlive,
  makeTemporaryDirectory,
  queryOnce,
  readPostmasterPid,
  startForTest,
  useDataDirectory,
} from './temporary-data-directory.ts';

test('what is stored before a stop is there after the next start, and stopping twice is safe', async (t) => {
  const dataDirectory = join(await makeTemporaryDirectory(t), 'data');
  const first = await startForTest(t, { dataDirectory });
  await queryOnce(first.connection, 'create table kept as select 7 as value');
  const pid = await readPostmasterPid(dataDirectory);
  await Promise.all([first.stop(), first.stop()]);
  await first.stop();
  assert.equal(isAlive(pid), false);

  const second = await startForTest(t, { dataDirectory });
  assert.deepEqual(await queryOnce(second.connection, 'select value from kept'), [{ value: 7 }]);
  assert.equal(second.connection.password, first.connection.password);
});

test('nothing answered can be lost, and text sorts the same on every host', async (t) => {
  const { connection } = await startForTest(t, { dataDirectory: await useDataDirectory() });
  const names = [
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'data_checksums',
    'jit',
    'listen_addresses',
  ];
  const shown = names.map((name) => `current_setting('${name}') as ${name}`);
  assert.deepEqual(await queryOnce(connection, `select ${shown.join(', ')}`), [
    {
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      jit: 'off',
      listen_addresses: '',
    },
  ]);
  assert.deepEqual(
    await queryOnce(
      connection,
      `select pg_encoding_to_char(encoding) as encoding, datlocprovider::text, datlocale, lower('É') = 'é' as folds
       from pg_database where datname = current_database()`,
    ),
    [{ encoding: 'UTF8', datlocprovider: 'b', datlocale: 'C.UTF-8', folds: true }],
  );
});

test('the data directory and all secrets in it are closed to other accounts', async (t) => {
  const dataDirectory = join(await makeTemporaryDirectory(t), 'new', 'data');
  const { connection } = await startForTest(t, { dataDirectory });
  const mode = async (...path: string[]): Promise<string> =>
    ((await stat(join(dataDirectory, ...path))).mode & 0o777).toString(8);
  assert.equal(await mode(), '700');
  assert.equal(await mode('postgres'), '700');
  assert.equal(await mode('postgres-password'), '600');
  assert.equal(await mode('postgres.log'), '600');
  assert.equal(await mode('postgres', '.s.PGSQL.5432'), '700');
  assert.ok(connection.password.length >= 40);
  assert.deepEqual(
    (await readdir(dataDirectory)).sort(),
    ['postgres', 'postgres-password', 'postgres.log'],
    'nothing else is left behind',
  );
});

test('a wrong password is refused', async (t) => {
  const { connection } = await startForTest(t, { dataDirectory: await useDataDirectory() });
  await assert.rejects(queryOnce({ ...connection, password: 'guess' }, 'select 1'), { code: '28P01' });
});

test(
  'the command line is the program and its folder, and nothing of our environment is handed on',
  { skip: process.platform !== 'linux' && 'reads /proc' },
  async (t) => {
    const dataDirectory = await useDataDirectory();
    process.env['MUSTER_TEST_SECRET'] = 'do-not-hand-on';
    await startForTest(t, { dataDirectory });
    const pid = await readPostmasterPid(dataDirectory);
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').filter(Boolean);
    assert.deepEqual(command.slice(1), ['-D', join(dataDirectory, 'postgres')]);
    assert.doesNotMatch(await readFile(`/proc/${pid}/environ`, 'utf8'), /do-not-hand-on/);
  },
);

test('values of rows stay out of the log when a statement fails', async (t) => {
  const dataDirectory = await useDataDirectory();
  const { connection } = await startForTest(t, { dataDirectory });
  await queryOnce(connection, 'create table once (hash text primary key)');
  await queryOnce(connection, `insert into once values ('secret-hash')`);
  await assert.rejects(queryOnce(connection, `insert into once values ('secret-hash')`), { code: '23505' });
  await assert.rejects(queryOnce(connection, `select 'secret-hash'::uuid`), { code: '22P02' });
  assert.doesNotMatch(await readFile(join(dataDirectory, 'postgres.log'), 'utf8'), /secret-hash/);
});

test('a log that has grown large is set aside at the next start', async (t) => {
  const dataDirectory = await makeTemporaryDirectory(t);
  await writeFile(join(dataDirectory, 'postgres.log'), Buffer.alloc(9 * 1024 * 1024, 'x'));
  await startForTest(t, { dataDirectory });
  assert.ok((await stat(join(dataDirectory, 'postgres.log'))).size < 10_000);
  assert.equal((await stat(join(dataDirectory, 'postgres.log.1'))).size, 9 * 1024 * 1024);
});

test('a folder that is there keeps its mode, and odd characters in its name do no harm', async (t) => {
  const dataDirectory = join(await makeTemporaryDirectory(t), `it's, "an" \\odd $name é #1`);
  await mkdir(dataDirectory);
  const before = await stat(dataDirectory);
  const { connection } = await startForTest(t, { dataDirectory });
  assert.deepEqual(await queryOnce(connection, 'select 1 as one'), [{ one: 1 }]);
  assert.equal((await stat(dataDirectory)).mode, before.mode);
});

test("an operator's own line in postgresql.conf wins and stays", async (t) => {
  const dataDirectory = await makeTemporaryDirectory(t);
  await (await startForTest(t, { dataDirectory })).stop();
  await writeFile(join(dataDirectory, 'postgres', 'postgresql.conf'), 'work_mem = 33MB\n', { flag: 'a' });
  const { connection } = await startForTest(t, { dataDirectory });
  assert.deepEqual(await queryOnce(connection, 'show work_mem'), [{ work_mem: '33MB' }]);
});

test(
  'a Ctrl-C at the terminal reaches the service, and PostgreSQL serves until the service has drained',
  { skip: process.platform === 'win32' && 'no process groups' },
  async (t) => {
    const dataDirectory = await useDataDirectory();
    const service = startService(t, serviceCommand(dataDirectory), { detached: true });
    assert.equal((await service.next()).event, 'running');
    const pid = await readPostmasterPid(dataDirectory);
    // A terminal signals the whole foreground process group.
    process.kill(-(service.child.pid ?? Number.NaN), 'SIGINT');
    assert.deepEqual(await service.next(), { event: 'drained', answer: 42 });
    assert.deepEqual(await service.next(), { event: 'stopped' });
    assert.equal(isAlive(pid), false);
  },
);

test('a server that dies is reported once, with how it ended and without the password', async (t) => {
  const dataDirectory = await useDataDirectory();
  const details: string[] = [];
  const died = Promise.withResolvers<void>();
  const { connection, stop } = await startForTest(t, {
    dataDirectory,
    onUnexpectedExit: (detail) => {
      details.push(detail);
      died.resolve();
    },
  });
  process.kill(await readPostmasterPid(dataDirectory), 'SIGKILL');
  await died.promise;
  await stop();
  assert.equal(details.length, 1);
  assert.match(details[0] ?? '', /ended unexpectedly \(signal SIGKILL\)/);
  assert.ok(!details.join().includes(connection.password));
});

test(
  'a shutdown that hangs is cut short, and what was committed is recovered',
  { skip: process.platform === 'win32' && 'no SIGSTOP' },
  async (t) => {
    const dataDirectory = await useDataDirectory();
    const hung = await startForTest(t, { dataDirectory, host: { fastShutdownMaxMs: 100 } });
    const client = new Client(hung.connection);
    client.on('error', () => undefined);
    await client.connect();
    await client.query('create table kept_hung as select 7 as value');
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    process.kill(rows[0]?.pid ?? Number.NaN, 'SIGSTOP');
    const ended = new Promise((resolve) => client.once('end', resolve));
    await hung.stop();
    await ended;
    const next = await startForTest(t, { dataDirectory });
    assert.deepEqual(await queryOnce(next.connection, 'select value from kept_hung'), [{ value: 7 }]);
  },
);

test(
  'a server that is frozen is killed when its time is over, and what was committed is recovered',
  { skip: process.platform === 'win32' && 'no SIGSTOP' },
  async (t) => {
    const dataDirectory = await useDataDirectory();
    const host = { fastShutdownMaxMs: 50, immediateShutdownMaxMs: 50 };
    const frozen = await startForTest(t, { dataDirectory, host });
    await queryOnce(frozen.connection, 'create table kept_frozen as select 7 as value');
    const pid = Number.parseInt(
      await readFile(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8'),
      10,
    );
    process.kill(pid, 'SIGSTOP');
    await frozen.stop();
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    const next = await startForTest(t, { dataDirectory });
    assert.deepEqual(await queryOnce(next.connection, 'select value from kept_frozen'), [{ value: 7 }]);
  },
);
