import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleHash } from '../support/device-lines.ts';
import { readLines, useService } from '../support/service.ts';
import { scenarios } from '../../src/scenarios/scenario-table.ts';

test('api calls any operation, with a body and headers, and prints the answer', async (t) => {
  const { run, customerId } = await useService(t, {
    'batch.json': '{"BatchId":"A1","Devices":[{"ProductKey":"K-api"}]}',
  });
  const path = `/v1/customers/${customerId}/deviceBatches`;
  const created = await run([
    'api',
    'POST',
    path,
    '--input',
    'batch.json',
    '--include',
    '-H',
    'MS-CorrelationId: de894e18-f027-4ac0-8b5a-34f0c222af0c',
  ]);
  assert.equal(created.exitCode, 0, created.stderr);
  assert.match(created.stdout, /^HTTP 202\n/);
  const location = /^location: (.*)$/m.exec(created.stdout)?.[1] ?? '';
  const status = await run(['api', 'get', location]);
  assert.equal(
    (JSON.parse(status.stdout) as { batchTrackingId: string }).batchTrackingId,
    location.split('/').at(-1),
  );
  const again = await run(['api', 'POST', path, '--input', '-'], {
    stdin: '{"BatchId":"A1","Devices":[{"ProductKey":"K-api"}]}',
  });
  assert.equal(again.exitCode, 1);
  assert.match(again.stderr, /refused the request \(409\)/);
});

test('the names of Microsoft’s samples are all there', () => {
  const names = new Set(scenarios.map(({ name }) => name));
  for (const name of [
    'GetBatchUploadStatus',
    'CreateDeviceBatch',
    'CreateDevices',
    'GetDevices',
    'GetDevicesBatches',
    'UpdateDevicesPolicy',
    'DeleteDevice',
    'CreateConfigurationPolicy',
    'DeleteConfigurationPolicy',
  ]) {
    assert.ok(names.has(name), name);
  }
});

test('a scenario runs without a terminal and shows request and answer, without token or hash', async (t) => {
  const { run } = await useService(t);
  const hash = sampleHash('sc', 1);
  const created = await run([
    'scenarios',
    'CreateDeviceBatch',
    '--set',
    'batchId=S 1',
    '--set',
    `hardwareHash=${hash}`,
  ]);
  assert.equal(created.exitCode, 0, created.stderr);
  assert.match(created.stdout, /^Request\nPOST http:.*\/deviceBatches HTTP\/1\.1\n/);
  assert.match(created.stdout, /authorization: Bearer <token>/i);
  assert.match(created.stdout, /Response \(\d+ ms\)\nHTTP\/1\.1 202\n/);
  assert.ok(created.stdout.includes('<4000 characters>'));
  assert.ok(!created.stdout.includes(hash.slice(0, 40)));
  const trackingId = /batchJobStatus\/([0-9a-f-]{36})/.exec(created.stdout)?.[1] ?? '';
  const status = await run([
    'scenarios',
    'getbatchuploadstatus',
    '--set',
    `trackingId=${trackingId}`,
    '--json',
  ]);
  const [exchange] = readLines(status.stdout) as [
    { scenario: string; answer: { status: number; body: { batchTrackingId: string } } },
  ];
  assert.deepEqual(
    [exchange.scenario, exchange.answer.status, exchange.answer.body.batchTrackingId],
    ['GetBatchUploadStatus', 200, trackingId],
  );
});

test('on a terminal the menu is asked, a scenario asks for what it needs, a refusal is shown, and the menu goes on', async (t) => {
  const { run } = await useService(t);
  const answers = ['CreateDevices', 'No such batch', '', 'K-1', '', '', '', '4', ''];
  const { exitCode, stdout, stderr, questions } = await run(['scenarios'], { isTTY: true, answers });
  assert.equal(exitCode, 0, stderr);
  assert.equal(questions.length, 9);
  assert.match(stderr, / 3 {2}GetBatchUploadStatus {9}Get the status of a device batch upload/);
  assert.match(stdout, /HTTP\/1\.1 404/);
  assert.match(stderr, /The service refused the request \(404\)/);
  assert.match(stdout, /GET http:.*\/deviceBatches HTTP/);
});

test('without a terminal and without a name the scenarios are listed; what is missing is named', async (t) => {
  const { run } = await useService(t);
  assert.match((await run(['scenarios'])).stdout, /GetBatchUploadStatus/);
  const listed = readLines((await run(['scenarios', '--json'])).stdout);
  assert.deepEqual(
    listed.find(({ scenario }) => scenario === 'DeleteDevice'),
    {
      scenario: 'DeleteDevice',
      summary: 'Remove a device',
      inputs: [
        { name: 'batchId', question: 'Device batch' },
        { name: 'deviceId', question: 'Device id' },
      ],
    },
  );
  const missing = await run(['scenarios', 'DeleteDevice', '--set', 'batchId=x']);
  assert.equal(missing.exitCode, 2);
  assert.match(missing.stderr, /Scenario DeleteDevice requires --set deviceId=VALUE/);
  const unknown = await run(['scenarios', 'DeleteDevice', '--set', 'colour=x']);
  assert.match(unknown.stderr, /has no input "colour"\. Its inputs are: batchId, deviceId/);
});
