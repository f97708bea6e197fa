import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { startEmbeddedPostgres } from '../src/embedded-postgres.ts';
import { serviceCommand, startService } from './service-process.ts';
import {
  isRoot,
  makeTemporaryDirectory,
  queryOnce,
  startForTest,
  useDataDirectory,
} from './temporary-data-directory.ts';

test('a first start that is killed leaves no half cluster, and the next start makes a whole one', async (t) => {
  const dataDirectory = await makeTemporaryDirectory(t);
  const watcher = watch(dataDirectory);
  t.after(() => watcher.close());
  const begun = once(watcher, 'change');
  const service = startService(t, serviceCommand(dataDirectory));
  await begun;
  await service.kill();
  // Nothing under the cluster's name, or, when the kill came late, a whole cluster: half of one would not start.
  const { connection } = await startForTest(t, { dataDirectory });
  assert.deepEqual(await queryOnce(connection, 'select 1 as one'), [{ one: 1 }]);
});

test('what killed first starts left behind is removed, and their password is kept', async (t) => {
  const dataDirectory = await makeTemporaryDirectory(t);
  await mkdir(join(dataDirectory, 'postgres.new-abcdef', 'cluster'), { recursive: true });
  await writeFile(join(dataDirectory, 'postgres.new-abcdef', 'cluster', 'PG_VERSION'), '18\n');
  await writeFile(join(dataDirectory, 'postgres-password'), 'earlier-password', { mode: 0o600 });
  const { connection } = await startForTest(t, { dataDirectory });
  assert.equal(connection.password, 'earlier-password');
  assert.deepEqual((await readdir(dataDirectory)).sort(), ['postgres', 'postgres-password', 'postgres.log']);
});

test('a data directory of another major version is refused with both versions named', async (t) => {
  const dataDirectory = await makeTemporaryDirectory(t);
  await mkdir(join(dataDirectory, 'postgres'));
  await writeFile(join(dataDirectory, 'postgres', 'PG_VERSION'), '14\n');
  await assert.rejects(startEmbeddedPostgres({ dataDirectory }), {
    name: 'EmbeddedPostgresError',
    message: /written by PostgreSQL 14, and this Muster brings PostgreSQL 18/,
  });
});

test('a folder "postgres" that is no database is left alone', async (t) => {
  const dataDirectory = await makeTemporaryDirectory(t);
  await mkdir(join(dataDirectory, 'postgres'));
  await writeFile(join(dataDirectory, 'postgres', 'mine.txt'), 'mine');
  await assert.rejects(startEmbeddedPostgres({ dataDirectory }), {
    name: 'EmbeddedPostgresError',
    message: /its folder "postgres" holds something that is not a database/,
  });
  assert.deepEqual(await readdir(join(dataDirectory, 'postgres')), ['mine.txt']);
});

test('a lost or wrong password file is one clear error that shows no password', async (t) => {
  const dataDirectory = await useDataDirectory();
  const path = join(dataDirectory, 'postgres-password');
  const password = await readFile(path, 'utf8');
  await rm(path);
  await assert.rejects(startEmbeddedPostgres({ dataDirectory }), {
    name: 'EmbeddedPostgresError',
    message: /postgres-password is missing or empty/,
  });
  await writeFile(path, 'some-other-password', { mode: 0o600 });
  await assert.rejects(startEmbeddedPostgres({ dataDirectory }), (error: unknown) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, /does not accept the password in .*postgres-password/);
    assert.ok(!error.message.includes('some-other-password'));
    return true;
  });
  await writeFile(path, password, { mode: 0o600 });
  await startForTest(t, { dataDirectory });
});

test('a file in the place of the data directory is one clear error', async (t) => {
  const dataDirectory = join(await makeTemporaryDirectory(t), 'file');
  await writeFile(dataDirectory, '');
  for (const place of [dataDirectory, join(dataDirectory, 'below')]) {
    await assert.rejects(startEmbeddedPostgres({ dataDirectory: place }), {
      name: 'EmbeddedPostgresError',
      message: /^The data directory .* cannot be used: .*MUSTER_DATA_DIR.*DATABASE_URL/,
    });
  }
});

test('a data directory that may not be written to is one clear error', async (t) => {
  const dataDirectory = await makeTemporaryDirectory(t, 0o500);
  // Root may write everywhere, so it is made to appear as an ordinary account.
  const prefix = isRoot ? ['unshare', '--user', '--map-user=1000', '--map-group=1000'] : [];
  if (!canRun([...prefix, 'true'])) return t.skip('user namespaces are refused here');
  const event = await startService(t, [...prefix, ...serviceCommand(dataDirectory)]).next();
  assert.equal(event.name, 'EmbeddedPostgresError');
  assert.match(event.message ?? '', /cannot be used: permission denied.*MUSTER_DATA_DIR.*DATABASE_URL/);
});

test('a mistake in the settings is reported with the last lines of the log', async (t) => {
  const dataDirectory = await makeTemporaryDirectory(t);
  const { stop, connection } = await startForTest(t, { dataDirectory });
  await stop();
  await writeFile(join(dataDirectory, 'postgres', 'postgresql.conf'), `work_mem = 'much'\n`, { flag: 'a' });
  await assert.rejects(startEmbeddedPostgres({ dataDirectory }), (error: unknown) => {
    assert.ok(error instanceof Error);
    assert.match(
      error.message,
      /did not start on .*exit status 1.*postgres\.log:\n.*invalid value.*"work_mem"/s,
    );
    assert.ok(!error.message.includes(connection.password));
    return true;
  });
});

test(
  'a full disk is one clear error, at the first start and later, and costs nothing that was stored',
  { skip: !(isRoot && process.platform === 'linux') && 'only root on Linux can make a small disk' },
  async (t) => {
    const disk = await makeTemporaryDirectory(t);
    // In a mount namespace of its own: the host sees nothing of it.
    const script = `
      mount -t tmpfs -o size=20m,mode=700 tmpfs "$1" || { echo '{"event":"no-mount"}'; exit; }
      "$2" "$3" "$1/data" --once
      rm -rf "$1"/data; mount -o remount,size=200m "$1"
      "$2" "$3" "$1/data" --once
      dd if=/dev/zero of="$1/filler" bs=1M 2>/dev/null
      "$2" "$3" "$1/data" --once
      rm "$1/filler"
      "$2" "$3" "$1/data" --once`;
    if (!canRun(['unshare', '--mount', 'true'])) return t.skip('mount namespaces are refused here');
    const [node = '', service = ''] = serviceCommand('');
    const command = ['unshare', '--mount', '/bin/sh', '-c', script, 'sh', disk, node, service];
    const { next } = startService(t, command);
    const first = await next();
    if (first.event === 'no-mount') return t.skip('mounting is refused here');
    assert.equal(first.event, 'failed');
    assert.equal(first.name, 'EmbeddedPostgresError');
    assert.match(first.message ?? '', /No space left on device/);
    for (const event of ['running', 'drained', 'stopped']) assert.equal((await next()).event, event);
    const full = await next();
    assert.equal(full.name, 'EmbeddedPostgresError');
    assert.match(full.message ?? '', /the disk is full/);
    for (const event of ['running', 'drained', 'stopped']) assert.equal((await next()).event, event);
  },
);

function canRun([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args).status === 0;
}
