import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestMuster } from '../../../server/test/support/muster.ts';
import {
  connectPartner,
  DryRunUnavailableError,
  UploadPartError,
  type DryRunOutcome,
  type UploadProgress,
} from '../../src/index.ts';
import { countingCredential } from '../support/counting-credential.ts';
import { newDevices } from '../support/devices.ts';
import { instantRuntime } from '../support/instant-runtime.ts';
import { countStored, seeThroughFaults } from '../support/muster.ts';
import { startScriptedServer } from '../support/scripted-server.ts';

const muster = await startTestMuster();

async function collect(dryRun: AsyncIterable<DryRunOutcome>): Promise<DryRunOutcome[]> {
  const outcomes: DryRunOutcome[] = [];
  for await (const outcome of dryRun) outcomes.push(outcome);
  return outcomes;
}

test('a dry run of any size gives the outcomes of the upload after it, in the order of the input, and stores nothing', async (t) => {
  const { connect, customerId } = await seeThroughFaults(t, muster);
  const { deviceBatches } = connect();
  const devices = [...newDevices(31), { modelName: 'Slate 5' }, { hardwareHash: 'AAAA' }];
  for (const batchId of ['new', 'NEW']) {
    const progress: UploadProgress[] = [];
    const options = { batchId, devicesPerCall: 10 };
    const dryRun = deviceBatches.dryRun(devices, { ...options, onProgress: (state) => progress.push(state) });
    const before = await countStored(muster, customerId);
    const outcomes = await collect(dryRun);
    assert.deepEqual(await countStored(muster, customerId), before);
    assert.deepEqual(progress.at(-1), {
      devicesRead: 33,
      isInputRead: true,
      devicesAccepted: 33,
      devicesFinished: 33,
      devicesFailed: dryRun.totals.failed,
    });
    const upload = deviceBatches.upload(devices, options);
    const real: DryRunOutcome[] = [];
    for await (const { deviceId: _d, trackingId: _t, ...outcome } of upload) real.push(outcome);
    assert.deepEqual(JSON.parse(JSON.stringify(outcomes)), JSON.parse(JSON.stringify(real)));
    assert.deepEqual(dryRun.totals, upload.totals);
  }
});

test('a call that the service refuses fails the dry run as it fails the upload', async (t) => {
  const { connect } = await seeThroughFaults(t, muster);
  const devices = [...newDevices(2), { serialNumber: 5 as unknown as string }];
  const dryRun = connect().deviceBatches.dryRun(devices, { batchId: 'b', devicesPerCall: 2 });
  await assert.rejects(
    dryRun.finish(),
    (error: Error) => error instanceof UploadPartError && error.firstIndex === 2 && error.count === 1,
  );
});

test('a dry run of a policy update gives an outcome for each device', async (t) => {
  const { connect } = await seeThroughFaults(t, muster);
  const id = '2be3d3a6-e4ca-4280-835e-18576f85a8f9';
  const { devices, counts } = await connect().devicePolicy.dryRun({ devices: [{ id, policies: [] }] });
  assert.deepEqual(
    devices.map(({ deviceId, outcome, errorCode }) => [deviceId, outcome, errorCode]),
    [[id, 'ZtdDeviceIsNotRegistered', '807']],
  );
  assert.deepEqual(counts.byOutcome, { ZtdDeviceIsNotRegistered: 1 });
});

test('a service without dry runs is sent no device', async (t) => {
  const fault = {
    code: '800002',
    description: 'devices is missing.',
    data: ['devices'],
    source: 'Elsewhere',
  };
  const { url, requests } = await startScriptedServer(t, [
    { status: 400, body: fault },
    { status: 400, body: fault },
  ]);
  const runtime = instantRuntime();
  const partner = connectPartner({ baseUrl: url, credentials: countingCredential(runtime.now), runtime });
  const customer = partner.customers.byId('c');
  await assert.rejects(
    customer.deviceBatches.dryRun(newDevices(1), { batchId: 'b' }).finish(),
    DryRunUnavailableError,
  );
  await assert.rejects(customer.devicePolicy.dryRun({ devices: [{ id: 'd' }] }), DryRunUnavailableError);
  assert.equal(requests.length, 2);
  for (const { body } of requests) assert.equal(body, '{}');
});
