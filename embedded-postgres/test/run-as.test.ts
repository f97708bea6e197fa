import assert from 'node:assert/strict';
import { spawnSync, type SpawnOptions } from 'node:child_process';
import { chmod, chown, cp, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';

import type { EmbeddedPostgresOptions } from '../src/embedded-postgres.ts';
import { startEmbeddedPostgres } from '../src/embedded-postgres.ts';
import { locateBinaries } from '../src/binaries.ts';
import { probeRunAs, type RunAsProbe } from '../src/run-as.ts';
import { serviceCommand, serviceScript, startService } from './service-process.ts';
import {
  isRoot,
  makeTemporaryDirectory,
  queryOnce,
  readPostmasterPid,
  startForTest,
} from './temporary-data-directory.ts';

const onlyRoot = {
  skip: !(isRoot && process.platform === 'linux') && 'the test process is not root on Linux',
};
const nobody = { uid: 65534, gid: 65534 };
const inNamespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];

const refuseNamespaces: RunAsProbe = async (runAs, reach) =>
  runAs.prefix.length > 0 ? 'unshare failed: Operation not permitted' : probeRunAs(runAs, reach);

test(
  'root is served in a folder closed to all other accounts, and its files stay its own',
  onlyRoot,
  async (t) => {
    const parent = await makeTemporaryDirectory(t, 0o700);
    const dataDirectory = join(parent, 'data');
    if ((await probeInNamespace(parent)) !== undefined) return t.skip('user namespaces are refused here');
    const { connection } = await startForTest(t, { dataDirectory });
    assert.deepEqual(await queryOnce(connection, 'select 1 as one'), [{ one: 1 }]);
    const owners = await Promise.all(
      [
        parent,
        dataDirectory,
        join(dataDirectory, 'postgres'),
        join(dataDirectory, 'postgres', 'PG_VERSION'),
      ].map(async (path) => (await stat(path)).uid),
    );
    assert.deepEqual(owners, [0, 0, 0, 0]);
  },
);

test('an ordinary account is served in a folder of its own', onlyRoot, async (t) => {
  const parent = await makeTemporaryDirectory(t, 0o700);
  const options = canReadMuster(nobody);
  // A clone under /root is closed to real accounts; there root appears as an ordinary one.
  const prefix = options ? [] : inNamespace;
  if (!options && (await probeInNamespace(parent)) !== undefined)
    return t.skip('user namespaces are refused here');
  if (options) await chown(parent, nobody.uid, nobody.gid);
  const service = startService(
    t,
    [...prefix, ...serviceCommand(join(parent, 'data'), '--once')],
    options ?? {},
  );
  assert.deepEqual(await service.next(), { event: 'running', uid: options ? nobody.uid : 1000 });
  assert.deepEqual(await service.next(), { event: 'drained', answer: 42 });
  assert.deepEqual(await service.next(), { event: 'stopped' });

  // Root takes its turn on the same folder, as the folder's owner.
  const { connection } = await startForTest(t, { dataDirectory: join(parent, 'data') });
  assert.deepEqual(await queryOnce(connection, 'select 1 as one'), [{ one: 1 }]);
  assert.equal((await stat(join(parent, 'data', 'postgres', 'muster.conf'))).mode & 0o444, 0o444);
});

test(
  'where user namespaces are refused, an existing account is borrowed and owns no more than the cluster',
  onlyRoot,
  async (t) => {
    const { dataDirectory, options } = await makeReachableDirectory(t);
    if ((await probeBorrowed(dirname(dataDirectory))) !== undefined)
      return t.skip('the temporary folder is closed');
    const first = await startForTest(t, options);
    await queryOnce(first.connection, 'create table kept as select 7 as value');
    const { uid } = await stat(join(dataDirectory, 'postgres'));
    assert.notEqual(uid, 0);
    const status = await readFile(`/proc/${await readPostmasterPid(dataDirectory)}/status`, 'utf8');
    assert.match(status, new RegExp(`^Uid:\\t${uid}\\t${uid}\\t`, 'm'));
    assert.match(status, /^Groups:\s*$/m, 'none of the groups of root are kept');
    for (const path of ['.', 'postgres-password', 'postgres.log']) {
      assert.equal((await stat(join(dataDirectory, path))).uid, 0, path);
    }
    await first.stop();

    const again = await startForTest(t, { ...options, host: { ...options.host, probeRunAs } });
    assert.deepEqual(await queryOnce(again.connection, 'select value from kept'), [{ value: 7 }]);
  },
);

test(
  'a cluster made in a user namespace is handed over when namespaces are refused later',
  onlyRoot,
  async (t) => {
    const { dataDirectory, options } = await makeReachableDirectory(t);
    const parent = dirname(dataDirectory);
    if ((await probeInNamespace(parent)) !== undefined) return t.skip('user namespaces are refused here');
    if ((await probeBorrowed(parent)) !== undefined) return t.skip('the temporary folder is closed');
    const first = await startForTest(t, { ...options, host: { ...options.host, probeRunAs } });
    await queryOnce(first.connection, 'create table kept as select 7 as value');
    await first.stop();
    assert.equal((await stat(join(dataDirectory, 'postgres'))).uid, 0);
    const second = await startForTest(t, options);
    assert.deepEqual(await queryOnce(second.connection, 'select value from kept'), [{ value: 7 }]);
    assert.notEqual((await stat(join(dataDirectory, 'postgres'))).uid, 0);
  },
);

test(
  'where no account can reach a closed folder, one error names both ways out and nothing is changed',
  onlyRoot,
  async (t) => {
    const parent = await makeTemporaryDirectory(t, 0o700);
    const dataDirectory = join(parent, 'data');
    await assert.rejects(startEmbeddedPostgres({ dataDirectory, host: { probeRunAs: refuseNamespaces } }), {
      name: 'EmbeddedPostgresError',
      message: /PostgreSQL does not run as root.*Operation not permitted.*MUSTER_DATA_DIR.*DATABASE_URL/,
    });
    assert.equal((await stat(parent)).mode & 0o777, 0o700);
    assert.equal((await stat(dataDirectory)).mode & 0o777, 0o700);
  },
);

/** Binaries and a data directory in a folder that every account can enter. */
async function makeReachableDirectory(
  t: TestContext,
): Promise<{ dataDirectory: string; options: EmbeddedPostgresOptions }> {
  const parent = await makeTemporaryDirectory(t, 0o755);
  const installed = await locateBinaries();
  await cp(dirname(dirname(installed.postgres)), join(parent, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  await chmod(parent, 0o755);
  // Installed under a strict umask they are closed to other accounts.
  spawnSync('chmod', ['-R', 'a+rX', join(parent, 'native')]);
  const program = (name: string): string => join(parent, 'native', 'bin', name);
  const binaries = {
    ...installed,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
  };
  const dataDirectory = join(parent, 'data');
  await mkdir(dataDirectory, { mode: 0o700 });
  const host = { probeRunAs: refuseNamespaces, locateBinaries: () => Promise.resolve(binaries) };
  return { dataDirectory, options: { dataDirectory, host } };
}

async function probeInNamespace(folder: string): Promise<string | undefined> {
  return probeRunAs({ description: 'probe', prefix: inNamespace }, { program: '/bin/true', folder });
}

async function probeBorrowed(folder: string): Promise<string | undefined> {
  return probeRunAs({ description: 'probe', prefix: [], account: nobody }, { program: '/bin/true', folder });
}

/** Spawn options for an account that can read this repository and run its Node; undefined when it cannot. */
function canReadMuster(account: { uid: number; gid: number }): SpawnOptions | undefined {
  const options = { ...account, cwd: '/' };
  const script = 'test -r "$1" && test -x "$2"';
  const { status } = spawnSync('/bin/sh', ['-c', script, 'sh', serviceScript, process.execPath], options);
  return status === 0 ? options : undefined;
}
