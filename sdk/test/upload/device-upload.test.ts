import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startTestMuster } from '../../../server/test/support/muster.ts';
import {
  connectPartner,
  memoryJournal,
  UploadPartError,
  type DeviceOutcome,
  type SubmittedDevice,
  type UploadProgress,
} from '../../src/index.ts';
import { countingCredential } from '../support/counting-credential.ts';
import { newDevices } from '../support/devices.ts';
import { instantRuntime } from '../support/instant-runtime.ts';
import { countStored, seeThroughFaults } from '../support/muster.ts';
import { startScriptedServer } from '../support/scripted-server.ts';

const muster = await startTestMuster();

async function collect(upload: AsyncIterable<DeviceOutcome>): Promise<DeviceOutcome[]> {
  const outcomes: DeviceOutcome[] = [];
  for await (const outcome of upload) outcomes.push(outcome);
  return outcomes;
}

test('one outcome for each device comes in the order of the input, whatever the number of calls', async (t) => {
  const { connect, customerId } = await seeThroughFaults(t, muster);
  const devices = newDevices(95);
  const upload = connect().deviceBatches.upload(devices, { batchId: 'b', devicesPerCall: 10 });
  const outcomes = await collect(upload);
  assert.deepEqual(
    outcomes.map(({ index, serialNumber, status }) => ({ index, serialNumber, status })),
    devices.map(({ serialNumber }, index) => ({ index, serialNumber, status: 'finished' })),
  );
  assert.equal(new Set(outcomes.map(({ deviceId }) => deviceId)).size, 95);
  const byOutcome = { finished: 95 };
  assert.deepEqual(upload.totals, { devices: 95, succeeded: 95, failed: 0, uncertain: 0, byOutcome });
  assert.deepEqual(await countStored(muster, customerId), { devices: 95, jobs: 10, batches: 1 });
});

test('a service that leaves the rows out of a job it has not begun is waited for', async (t) => {
  const location = '/customers/c/batchJobStatus/4d1f0bd5-1bd8-4d3c-a1a8-4a1a4c8e8f10';
  const [device] = newDevices(1);
  assert.ok(device);
  const rows = [{ serialNumber: device.serialNumber, status: 'finished', deviceId: 'd' }];
  const { url } = await startScriptedServer(t, [
    { status: 202, headers: { Location: location } },
    { status: 200, body: { status: 'queued' } },
    { status: 200, body: { status: 'finished', devicesStatus: rows } },
  ]);
  const runtime = instantRuntime();
  const partner = connectPartner({ baseUrl: url, credentials: countingCredential(runtime.now), runtime });
  const upload = partner.customers.byId('c').deviceBatches.upload([device], { batchId: 'b' });
  assert.deepEqual(
    (await collect(upload)).map(({ deviceId }) => deviceId),
    ['d'],
  );
});

test('failed devices are outcomes, counted by name; the others are registered', async (t) => {
  const { connect } = await seeThroughFaults(t, muster);
  const [first, second] = newDevices(2);
  assert.ok(first && second);
  const devices: SubmittedDevice[] = [
    first,
    { modelName: 'Slate 5' },
    first,
    { hardwareHash: 'AAAA' },
    second,
  ];
  const upload = connect().deviceBatches.upload(devices, { batchId: 'b' });
  assert.deepEqual(
    (await collect(upload)).map(({ status, errorDescription }) => errorDescription ?? status),
    [
      'finished',
      'MissingZtdSerialNumberAndProductKey',
      'ZtdDeviceDuplicated',
      'InvalidZtdHardwareHash',
      'finished',
    ],
  );
  assert.deepEqual([upload.totals.succeeded, upload.totals.failed], [2, 3]);
  assert.equal(upload.totals.byOutcome.ZtdDeviceDuplicated, 1);
});

test('a batch that exists, in any letter case, gets the devices added', async (t) => {
  const { connect, customerId } = await seeThroughFaults(t, muster);
  const { deviceBatches } = connect();
  await deviceBatches.upload(newDevices(3), { batchId: 'Office' }).finish();
  const totals = await deviceBatches.upload(newDevices(4), { batchId: 'OFFICE', devicesPerCall: 2 }).finish();
  assert.equal(totals.succeeded, 4);
  assert.deepEqual(await countStored(muster, customerId), { devices: 7, jobs: 3, batches: 1 });
});

test('an async input of any length is read no further ahead than can be sent', async (t) => {
  const { connect } = await seeThroughFaults(t, muster);
  let read = 0;
  async function* input() {
    for (const device of newDevices(2000)) {
      read += 1;
      yield device;
    }
  }
  const options = { batchId: 'b', devicesPerCall: 10, concurrency: 2, partsAhead: 3 };
  for await (const _ of connect().deviceBatches.upload(input(), options)) break;
  // Three parts ahead, the one being sent, and the first device of the next.
  assert.ok(read <= 51, `${read} devices were read`);
});

test('no more calls are in flight than allowed', async (t) => {
  const { connect, proxy } = await seeThroughFaults(t, muster);
  let [inFlight, most] = [0, 0];
  const countingFetch: typeof fetch = async (...request) => {
    most = Math.max(most, ++inFlight);
    return fetch(...request).finally(() => (inFlight -= 1));
  };
  const { deviceBatches } = connect({ fetch: countingFetch });
  await deviceBatches.upload(newDevices(300), { batchId: 'b', devicesPerCall: 10, concurrency: 3 }).finish();
  assert.ok(proxy.requests.length >= 60);
  // Three that send and three that look.
  assert.ok(most <= 6, `${most} calls at once`);
});

test('an empty input makes no call and no batch', async (t) => {
  const { connect, customerId, proxy } = await seeThroughFaults(t, muster);
  assert.equal((await connect().deviceBatches.upload([], { batchId: 'b' }).finish()).devices, 0);
  assert.deepEqual(await countStored(muster, customerId), { devices: 0, jobs: 0, batches: 0 });
  assert.equal(proxy.requests.length, 0);
});

test('progress only grows and ends with everything accepted and finished', async (t) => {
  const { connect } = await seeThroughFaults(t, muster);
  const seen: UploadProgress[] = [];
  const onProgress = (progress: UploadProgress) => void seen.push(progress);
  const devices = [...newDevices(24), {}];
  await connect().deviceBatches.upload(devices, { batchId: 'b', devicesPerCall: 5, onProgress }).finish();
  for (const key of ['devicesRead', 'devicesAccepted', 'devicesFinished', 'devicesFailed'] as const)
    assert.ok(seen.every((progress, place) => place === 0 || progress[key] >= (seen[place - 1]?.[key] ?? 0)));
  assert.deepEqual(seen.at(-1), {
    devicesRead: 25,
    isInputRead: true,
    devicesAccepted: 25,
    devicesFinished: 25,
    devicesFailed: 1,
  });
});

test('a call refused as a whole names its devices, and after mending them the same journal goes on', async (t) => {
  const { connect, customerId } = await seeThroughFaults(t, muster);
  const devices = newDevices(30);
  const journal = memoryJournal();
  const options = { batchId: 'b', devicesPerCall: 10, journal, concurrency: 1 };
  const broken = devices.with(15, { ...devices[15], modelName: 'x'.repeat(300) });
  await assert.rejects(connect().deviceBatches.upload(broken, options).finish(), (error) => {
    assert.ok(error instanceof UploadPartError);
    assert.deepEqual([error.firstIndex, error.count], [10, 10]);
    assert.match(error.message, /^Devices 11 to 20: 400 /);
    return true;
  });
  assert.equal((await connect().deviceBatches.upload(devices, options).finish()).succeeded, 30);
  assert.deepEqual(await countStored(muster, customerId), { devices: 30, jobs: 3, batches: 1 });
});

test('what the input throws ends the upload and is thrown as it is', async (t) => {
  const { connect } = await seeThroughFaults(t, muster);
  const reason = new Error('line 7 is broken');
  function* input() {
    yield* newDevices(7);
    throw reason;
  }
  const upload = connect().deviceBatches.upload(input(), { batchId: 'b', devicesPerCall: 2 });
  await assert.rejects(upload.finish(), (error) => error === reason);
});

test('an upload can be read once only', async (t) => {
  const { connect } = await seeThroughFaults(t, muster);
  const upload = connect().deviceBatches.upload([], { batchId: 'b' });
  await upload.finish();
  await assert.rejects(upload.finish(), /only once/);
});

test('an upload that nobody reads or awaits runs to its end all the same', async (t) => {
  const { connect, customerId } = await seeThroughFaults(t, muster);
  const finished = Promise.withResolvers<void>();
  const onProgress = ({ devicesFinished }: UploadProgress) => devicesFinished === 45 && finished.resolve();
  const options = { batchId: 'b', devicesPerCall: 1, partsAhead: 2, onProgress };
  const upload = connect().deviceBatches.upload(newDevices(45), options);
  await finished.promise;
  assert.deepEqual(await countStored(muster, customerId), { devices: 45, jobs: 45, batches: 1 });
  // One who comes late still gets every outcome, in order.
  assert.deepEqual(
    (await collect(upload)).map(({ index }) => index),
    Array.from({ length: 45 }, (_, index) => index),
  );
});

test('awaiting an upload waits for its end and gives the totals, more than once and beside a reader', async (t) => {
  const { connect } = await seeThroughFaults(t, muster);
  const awaited = connect().deviceBatches.upload(newDevices(7), { batchId: 'b', devicesPerCall: 3 });
  assert.equal((await awaited).succeeded, 7);
  assert.equal((await awaited).succeeded, 7);
  const read = connect().deviceBatches.upload(newDevices(5), { batchId: 'b' });
  const [outcomes, totals] = await Promise.all([collect(read), read]);
  assert.deepEqual([outcomes.length, totals.succeeded], [5, 5]);
});

test('awaiting an upload that fails, or whose reader stopped early, is an error', async (t) => {
  const { connect } = await seeThroughFaults(t, muster);
  const tooLong = [{ serialNumber: 'x'.repeat(300) }];
  await assert.rejects(
    async () => connect().deviceBatches.upload(tooLong, { batchId: 'b' }),
    UploadPartError,
  );
  const upload = connect().deviceBatches.upload(newDevices(5), { batchId: 'b', devicesPerCall: 1 });
  for await (const _ of upload) break;
  await assert.rejects(async () => upload, /not read to the end/);
});

test('the failure of an upload that nobody reads or awaits is an unhandled rejection, not silence', async () => {
  const program = `
    import { connectPartner } from '${new URL('../../src/index.ts', import.meta.url)}';
    const credentials = { getToken: () => Promise.reject(new Error('no token today')) };
    const { customers } = connectPartner({ baseUrl: 'http://127.0.0.1:1', credentials });
    customers.byId('c').deviceBatches.upload([{ serialNumber: '1' }], { batchId: 'b' });`;
  const args = ['--input-type=module', '--eval', program];
  await assert.rejects(promisify(execFile)(process.execPath, args), /no token today/);
});

test('what was accepted stays readable after an abort, also what an earlier run accepted', async (t) => {
  const { connect } = await seeThroughFaults(t, muster);
  const [devices, journal] = [newDevices(12), memoryJournal()];
  const options = { batchId: 'b', devicesPerCall: 3, concurrency: 1, journal };
  const runUntil = async (accepted: number, offset: number) => {
    const stop = new AbortController();
    const onProgress = ({ devicesAccepted }: UploadProgress) => {
      if (devicesAccepted === accepted) stop.abort(new Error('enough'));
    };
    const upload = connect().deviceBatches.upload(devices, { ...options, onProgress, signal: stop.signal });
    await assert.rejects(upload.finish(), /enough/);
    const { length } = upload.accepted;
    assert.deepEqual(
      upload.accepted.map(({ firstIndex, count }) => [firstIndex, count]),
      Array.from({ length }, (_, part) => [part * 3, 3]),
    );
    assert.ok(length >= offset, `${length} parts`);
    return upload.accepted;
  };
  const first = await runUntil(6, 2);
  const second = await runUntil(3, first.length);
  assert.deepEqual(second.slice(0, first.length), first);
  const { trackingId } = first[1] ?? {};
  const details = await connect()
    .batchUploadStatus.byId(trackingId ?? '')
    .wait();
  assert.deepEqual(
    details.devicesStatus.map(({ serialNumber }) => serialNumber),
    devices.slice(3, 6).map(({ serialNumber }) => serialNumber),
  );
});
