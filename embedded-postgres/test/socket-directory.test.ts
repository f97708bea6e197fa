import assert from 'node:assert/strict';
import { lstat, mkdir, readFile, readdir, rmdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';

import { serviceCommand, startService } from './service-process.ts';
import {
  makeTemporaryDirectory,
  queryOnce,
  startForTest,
  useDataDirectory,
} from './temporary-data-directory.ts';

const onlySockets = { skip: process.platform === 'win32' && 'no Unix sockets' };

test(
  'a folder of 200 characters is served by a private socket folder, which a stop removes',
  onlySockets,
  async (t) => {
    const { dataDirectory, temporaryDirectory } = await makeLongDirectory(t);
    const host = { temporaryDirectory };
    const first = await startForTest(t, { dataDirectory, host });
    assert.equal(dirname(first.connection.host), temporaryDirectory);
    assert.equal((await lstat(first.connection.host)).mode & 0o777, 0o700);
    assert.deepEqual(await queryOnce(first.connection, 'select 1 as one'), [{ one: 1 }]);
    await first.stop();
    assert.deepEqual(await readdir(temporaryDirectory), []);
  },
);

test(
  'an orphan behind a long folder name is found through its recorded socket folder',
  onlySockets,
  async (t) => {
    const { dataDirectory } = await makeLongDirectory(t);
    const service = startService(t, serviceCommand(dataDirectory));
    assert.equal((await service.next()).event, 'running');
    const recorded = await readFile(join(dataDirectory, 'postgres-socket'), 'utf8');
    await service.kill();
    const messages: string[] = [];
    const next = await startForTest(t, { dataDirectory, log: (message) => messages.push(message) });
    assert.deepEqual(messages, ['stopping the PostgreSQL that a killed service left running']);
    assert.equal(next.connection.host, recorded, 'the recorded folder is used again');
    await next.stop();
    await assert.rejects(lstat(recorded), { code: 'ENOENT' });
  },
);

test('a recorded socket folder that vanished or was taken by another is replaced', onlySockets, async (t) => {
  const { dataDirectory, temporaryDirectory } = await makeLongDirectory(t);
  const service = startService(t, serviceCommand(dataDirectory), {
    env: { PATH: process.env['PATH'], TMPDIR: temporaryDirectory },
  });
  assert.equal((await service.next()).event, 'running');
  const recorded = await readFile(join(dataDirectory, 'postgres-socket'), 'utf8');
  await service.kill();
  // Stopped through the socket by a first start, then killed again with the folder gone and its name taken.
  const second = await startForTest(t, { dataDirectory, host: { temporaryDirectory } });
  assert.equal(second.connection.host, recorded);
  await second.stop();
  await plantRecord(dataDirectory, recorded);
  const elsewhere = await makeTemporaryDirectory(t);
  await symlink(elsewhere, recorded);
  const third = await startForTest(t, { dataDirectory, host: { temporaryDirectory } });
  assert.notEqual(third.connection.host, recorded);
  assert.deepEqual(await readdir(elsewhere), [], 'nothing is put into a folder that is not ours');
});

test('where there are no sockets, the server listens on the loopback address alone', async (t) => {
  const { connection } = await startForTest(t, {
    dataDirectory: await useDataDirectory(),
    host: { hasUnixSockets: false },
  });
  assert.equal(connection.host, '127.0.0.1');
  assert.deepEqual(
    await queryOnce(
      connection,
      `select current_setting('listen_addresses') as tcp, current_setting('unix_socket_directories') as unix`,
    ),
    [{ tcp: '127.0.0.1', unix: '' }],
  );
});

async function plantRecord(dataDirectory: string, recorded: string): Promise<void> {
  await writeFile(join(dataDirectory, 'postgres-socket'), recorded);
  await rmdir(recorded).catch(() => undefined);
}

async function makeLongDirectory(
  t: TestContext,
): Promise<{ dataDirectory: string; temporaryDirectory: string }> {
  const parent = await makeTemporaryDirectory(t);
  const temporaryDirectory = join(parent, 't');
  await mkdir(temporaryDirectory);
  return { dataDirectory: join(parent, 'x'.repeat(200)), temporaryDirectory };
}
