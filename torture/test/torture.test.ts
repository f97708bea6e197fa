import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createTestDatabase } from '../../server/test/support/test-database.ts';
import { check } from '../src/check.ts';
import { Ledger } from '../src/ledger.ts';

test('after kills of the service under load, everything accepted is there once (npm run torture -- --short --only 1)', (t) => {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--short', '--only', '1'], {
    encoding: 'utf8',
  });
  t.diagnostic(stdout);
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /^accepted \d+, finished \d+, lost 0, doubled 0\n$/m);
});

test('the checker sees a lost job, a status that went back, orphans, and wrong counts', async () => {
  const { url, drop } = await createTestDatabase();
  const sound = new Ledger();
  assert.deepEqual(await check(url, sound), { accepted: 0, finished: 0, lost: 0, doubled: 0, problems: [] });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`insert into device_keys (identity_key, device_id, customer_id)
    values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid())`);
  await client.query(`insert into devices (device_id, customer_id, device_batch_id, identity_keys, uploaded_at)
    values (gen_random_uuid(), gen_random_uuid(), 1, '{}', now())`);
  await client.end();
  const ledger = new Ledger();
  const location = `/customers/${crypto.randomUUID()}/batchJobStatus/${crypto.randomUUID()}`;
  ledger.accepted.push({ location, customer: '', kind: 'upload', devices: 1 });
  ledger.noteStatus(location, { status: 'finished', processed: 1 });
  ledger.noteStatus(location, { status: 'processing', processed: 1 });
  const { lost, problems } = await check(url, ledger);
  await drop();
  assert.equal(lost, 1);
  assert.deepEqual(
    [/went back/, /1 devices without/, /1 identity keys without/, /1 devices of no batch/, /are lost/].filter(
      (pattern) => !problems.some((problem) => pattern.test(problem)),
    ),
    [],
  );
});
