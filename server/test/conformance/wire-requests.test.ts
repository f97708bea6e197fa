import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestMuster, type TestMuster } from '../support/muster.ts';
import { exchangeRaw, type RawAnswer } from './raw-exchange.ts';
import { operationOf, readRecorded, toBytes, type RecordedRequest } from './recorded-requests.ts';
import { assertFits } from './wire-schema.ts';

/** The ids in the files that a server gives out. */
const recorded = {
  trackingId: '8e4c622d-715a-464f-ab0c-cf203100edc4',
  deviceId: '2be3d3a6-e4ca-4280-835e-18576f85a8f9',
  policyId: 'ffd4211c-aece-4d3b-8353-4b43af162d9e',
};

/** Sends the requests of a file one after the other to a server of their own; each succeeds in the contract's shape. */
async function replay(file: string): Promise<RawAnswer[]> {
  const muster = await startTestMuster();
  const ids: Record<string, string> = {};
  const answers: RawAnswer[] = [];
  for (const request of await readRecorded(file)) {
    const { id, operation } = operationOf(request);
    const answer = await exchangeRaw(muster.url, toBytes(request, { token: await muster.token(), ids }));
    const what = `${request.head.split('\n')[0]}: ${answer.body}`;
    assert.equal(answer.status, operation.success.status, what);
    if (operation.success.body) assertFits(operation.success.body, JSON.parse(answer.body));
    else assert.equal(answer.body, '', what);
    if (answer.status === 202) await learnFromJob(muster, { request, answer, ids });
    if (id === 'createPolicy') ids[recorded.policyId] = (JSON.parse(answer.body) as { id: string }).id;
    answers.push(answer);
  }
  await muster.close();
  return answers;
}

/** Waits for the job, and keeps the ids of the first upload. */
async function learnFromJob(
  muster: TestMuster,
  { request, answer, ids }: { request: RecordedRequest; answer: RawAnswer; ids: Record<string, string> },
): Promise<void> {
  const location = answer.headers.location ?? '';
  assert.match(location, /^\/customers\/[0-9a-f-]{36}\/batchJobStatus\/[0-9a-f-]{36}$/);
  const job = await muster.finished(location);
  assert.equal(job.status, 'finished', request.head);
  ids[recorded.trackingId] ??= job.batchTrackingId;
  const registered = job.devicesStatus.find((device) => device.status === 'finished');
  if (registered) ids[recorded.deviceId] ??= String(registered.deviceId);
}

test("the .NET SDK's requests, byte for byte as recorded, all succeed", async () => {
  const answers = await replay('dotnet-sdk.http');
  assert.equal(answers.length, 15);
});

test("the same calls as the PowerShell module's SDK writes them all succeed", async () => {
  const answers = await replay('powershell-sdk.http');
  assert.equal(answers.length, 16);
});

test('the same calls as the Java SDK writes them all succeed', async () => {
  const answers = await replay('java-sdk.http');
  assert.equal(answers.length, 15);
  // Its policy delete is a GET (`docs/wire.md` 8): nothing is deleted.
  assert.match(answers.at(-1)?.body ?? '', /Renamed by Java/);
});

test('the calls of CIPP all succeed', async () => {
  const answers = await replay('cipp.http');
  const job = JSON.parse(answers[2]?.body ?? '') as { status: string; devicesStatus: object[] };
  assert.equal(job.status, 'finished');
  assert.partialDeepStrictEqual(job.devicesStatus, [{ serialNumber: 'C-1', status: 'finished' }]);
});
