import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BatchUploadDetails } from '@muster/sdk';
import { autopilotHeader, sampleLine } from '../support/device-lines.ts';
import { useService, type Service } from '../support/service.ts';

async function upload({ run }: Service, series: string): Promise<string> {
  const stdin = `${autopilotHeader}\n${sampleLine(series, 1)}\nS-2,,broken\n`;
  const { stdout } = await run(['devices', 'upload', '-', '-b', 'May', '--no-wait'], { stdin });
  return stdout.trim();
}

test('--wait follows the job; a job with a failed device ends with 3, in a table on a terminal', async (t) => {
  const service = await useService(t);
  const trackingId = await upload(service, 's');
  const { exitCode, stdout, stderr } = await service.run(['status', trackingId, '--wait'], {
    isTTY: true,
    columns: 140,
  });
  assert.equal(exitCode, 3, stderr);
  assert.match(stderr, new RegExp(`Job ${trackingId}: finished`));
  assert.match(stdout, /^1 +00s0000001 +finished/m);
  assert.match(stdout, /^2 +S-2 +InvalidZtdHardwareHash +802 +Collect the hash again/m);
  const failed = await service.run(['status', trackingId, '--wait', '--failed']);
  assert.match(failed.stdout, /^2\t\tS-2\t\tInvalidZtdHardwareHash\t802\tCollect[^\n]*\n$/);
});

test('--json is the BatchUploadDetails as it came', async (t) => {
  const service = await useService(t);
  const trackingId = await upload(service, 'i');
  const { stdout } = await service.run(['status', trackingId, '--wait', '--json', '--quiet']);
  const details = JSON.parse(stdout) as BatchUploadDetails;
  const seen = (await (
    await service.muster.call('GET', `/v1/customers/${service.customerId}/batchJobStatus/${trackingId}`)
  ).json()) as unknown;
  assert.deepEqual(details, seen);
});

test('a job that is not finished ends with 8: read once, and at the time-out', async (t) => {
  const { io } = await useService(t);
  const { runMuster } = await import('../../src/run-muster.ts');
  const details = {
    batchTrackingId: 'x',
    status: 'processing',
    devicesStatus: [{ status: 'processing', attributes: {} }],
  };
  const user = io();
  const running: typeof user = {
    ...user,
    fetch: async (input, init) =>
      String(input).includes('batchJobStatus') ? Response.json(details) : fetch(input, init),
  };
  const words = ['status', '0127ed8e-ff72-4983-a3d8-e8d8bd378932'];
  assert.equal(await runMuster(words, running), 8);
  assert.equal(await runMuster([...words, '--wait', '--timeout', '0.1s'], running), 8);
  assert.match(user.written.stderr, /Job 0127ed8e-ff72-4983-a3d8-e8d8bd378932: processing/);
});

test('an unknown job is one line with what the service says and exit code 1', async (t) => {
  const { run } = await useService(t);
  const { exitCode, stdout, stderr } = await run(['status', '0127ed8e-ff72-4983-a3d8-e8d8bd378932']);
  assert.equal(exitCode, 1);
  assert.equal(stdout, '');
  assert.match(
    stderr,
    /^muster: The service refused the request \(404\): There is no batch job .*\[request ID [0-9a-f-]{36}\]\n$/,
  );
});
