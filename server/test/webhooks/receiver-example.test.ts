import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { newCustomerId, startTestMuster } from '../support/muster.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

test('the receiver of the page on webhooks takes what the service sends, and refuses what it did not', async (t) => {
  const muster = await startTestMuster({ settings: { MUSTER_WEBHOOK_NETWORKS: '127.0.0.1' } });
  const path = '/muster/v1/webhookEndpoints';
  const call = async (method: string, target: string, body: object) =>
    (await (await muster.call(method, target, { body })).json()) as { endpointId: string; secret: string };
  const { endpointId, secret } = await call('POST', path, { url: 'https://hooks.example' });
  const folder = await mkdtemp(join(tmpdir(), 'muster-receiver-'));
  const [, program = ''] =
    /^```js\n([\s\S]*?)^```$/m.exec(await readFile(join(root, 'docs/webhooks.md'), 'utf8')) ?? [];
  await writeFile(join(folder, 'receiver.mjs'), program);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const receiver = spawn(process.execPath, ['receiver.mjs'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], WEBHOOK_SECRET: secret, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(async () => {
    receiver.kill();
    await once(receiver, 'exit');
    await rm(folder, { recursive: true, force: true });
  });
  const lines = createInterface(receiver.stdout)[Symbol.asyncIterator]();
  const [, port] = /^listening on port (\d+)$/.exec(String((await lines.next()).value)) ?? [];
  const url = `http://127.0.0.1:${port}/`;
  const forged = await fetch(url, { method: 'POST', body: '{}' });
  assert.equal(forged.status, 401);
  await call('PATCH', `${path}/${endpointId}`, { url });
  const upload = await muster.call('POST', `/v1/customers/${newCustomerId()}/deviceBatches`, {
    body: { batchId: 'B', devices: [{ serialNumber: 'X', oemManufacturerName: 'C', modelName: 'M' }] },
  });
  const trackingId = upload.headers.get('location')?.split('/').at(-1);
  assert.equal((await lines.next()).value, `batch_job.finished ${trackingId}`);
});
