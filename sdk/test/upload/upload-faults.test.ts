import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { startTestMuster } from '../../../server/test/support/muster.ts';
import { memoryJournal, type DeviceOutcome, type ResentPart } from '../../src/index.ts';
import { briskRuntime } from '../support/brisk-runtime.ts';
import { newDevices } from '../support/devices.ts';
import type { Fault } from '../support/fault-proxy.ts';
import { mortalJournal } from '../support/mortal-journal.ts';
import { countStored, seeThroughFaults } from '../support/muster.ts';

let serverAheadMs = 0;
const muster = await startTestMuster({ now: () => new Date(Date.now() + serverAheadMs) });

const faults: readonly Fault[] = ['refuse', 'lose', 'cut', { status: 429, retryAfter: 1 }, { status: 503 }];

/** Passes tokens, breaks API calls. */
function isUpload({ path, method }: { path: string; method: string }): boolean {
  return path.startsWith('/v1/') && method === 'POST';
}

test('whatever breaks on the way, every device is registered once and has one outcome', async (t) => {
  const anyFault = fc.option(fc.constantFrom(...faults), { freq: 2 });
  await fc.assert(
    fc.asyncProperty(fc.array(anyFault, { minLength: 20, maxLength: 80 }), async (script) => {
      const { connect, customerId } = await seeThroughFaults(
        t,
        muster,
        ({ place }) => script[place] ?? undefined,
      );
      const devices = newDevices(57);
      const upload = connect().deviceBatches.upload(devices, { batchId: 'b', devicesPerCall: 10 });
      const outcomes: DeviceOutcome[] = [];
      for await (const outcome of upload) outcomes.push(outcome);
      assert.deepEqual(
        outcomes.map(({ serialNumber, status }) => `${serialNumber} ${status}`),
        devices.map(({ serialNumber }) => `${serialNumber} finished`),
      );
      assert.deepEqual(await countStored(muster, customerId), { devices: 57, jobs: 6, batches: 1 });
    }),
    { numRuns: 15 },
  );
});

test('a slow answer is given up, asked for again under the same id, and does the work once', async (t) => {
  const held = new Set<string | undefined>();
  const { connect, customerId } = await seeThroughFaults(t, muster, (request) => {
    if (!isUpload(request) || held.has(request.requestId)) return undefined;
    held.add(request.requestId);
    return 'hold';
  });
  const upload = connect({ timeoutMs: 1000 }).deviceBatches.upload(newDevices(9), {
    batchId: 'b',
    devicesPerCall: 3,
  });
  assert.equal((await upload.finish()).succeeded, 9);
  assert.equal(held.size, 3);
  assert.deepEqual(await countStored(muster, customerId), { devices: 9, jobs: 3, batches: 1 });
});

test('a lost answer to the creation of the batch is repeated, not taken for "exists already"', async (t) => {
  let lost = 0;
  const { connect, customerId, proxy } = await seeThroughFaults(t, muster, (request) =>
    isUpload(request) && lost++ < 3 ? 'lose' : undefined,
  );
  assert.equal((await connect().deviceBatches.upload(newDevices(2), { batchId: 'b' }).finish()).succeeded, 2);
  assert.deepEqual(
    proxy.requests.filter(isUpload).map(({ path }) => path),
    Array.from({ length: 4 }, () => `/v1/customers/${customerId}/deviceBatches`),
  );
});

test('killed at any request and started again with its journal, every device is registered once', async (t) => {
  const anyKill = fc.record({
    places: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
    fault: fc.constantFrom<Fault | undefined>('refuse', 'lose', 'hold', undefined),
    tornBytes: fc.nat(60),
  });
  await fc.assert(
    fc.asyncProperty(anyKill, async ({ places, fault, tornBytes }) => {
      let uploads = 0;
      let kill = { place: 0, die: () => {} };
      const { connect, customerId } = await seeThroughFaults(t, muster, (request) => {
        if (!isUpload(request) || ++uploads !== kill.place) return undefined;
        // The program dies while this call is on its way.
        kill.die();
        return fault;
      });
      const devices = newDevices(53);
      const options = { batchId: 'b', devicesPerCall: 5 };
      let kept = '';
      for (const place of places) {
        const journal = mortalJournal(kept, tornBytes);
        const dead = new AbortController();
        uploads = 0;
        kill = { place, die: () => dead.abort(journal.die()) };
        await connect()
          .deviceBatches.upload(devices, { ...options, journal, signal: dead.signal })
          .finish()
          .catch(() => undefined);
        kept = journal.text();
      }
      kill = { place: 0, die: () => {} };
      const upload = connect().deviceBatches.upload(devices, { ...options, journal: memoryJournal(kept) });
      const outcomes: DeviceOutcome[] = [];
      for await (const outcome of upload) outcomes.push(outcome);
      assert.deepEqual(
        outcomes.map(({ serialNumber, status }) => `${serialNumber} ${status}`),
        devices.map(({ serialNumber }) => `${serialNumber} finished`),
      );
      assert.deepEqual(await countStored(muster, customerId), { devices: 53, jobs: 11, batches: 1 });
    }),
    { numRuns: 25 },
  );
});

test('a finished upload started again sends nothing and gives the same outcomes', async (t) => {
  const { connect, proxy } = await seeThroughFaults(t, muster);
  const journal = memoryJournal();
  const devices = newDevices(12);
  const run = async () => {
    const outcomes: DeviceOutcome[] = [];
    const options = { batchId: 'b', devicesPerCall: 5, journal };
    for await (const outcome of connect().deviceBatches.upload(devices, options)) outcomes.push(outcome);
    return outcomes;
  };
  const first = await run();
  const sent = proxy.requests.filter(isUpload).length;
  assert.deepEqual(await run(), first);
  assert.equal(proxy.requests.filter(isUpload).length, sent);
});

test('a part whose answer was lost more than a day ago is sent anew, said so, and marked as uncertain', async (t) => {
  let isLosing = true;
  const { connect, customerId } = await seeThroughFaults(t, muster, (request) =>
    isLosing && isUpload(request) ? 'lose' : undefined,
  );
  const journal = memoryJournal();
  const devices = newDevices(4);
  const options = { batchId: 'b', journal };
  await assert.rejects(
    connect({ retry: { triesMax: 1 } })
      .deviceBatches.upload(devices, options)
      .finish(),
  );
  isLosing = false;
  const dayMs = 24 * 3_600_000;
  serverAheadMs = dayMs;
  try {
    const resent: ResentPart[] = [];
    const later = connect({ runtime: briskRuntime(dayMs) });
    const onResend = (part: ResentPart) => void resent.push(part);
    const totals = await later.deviceBatches.upload(devices, { ...options, onResend }).finish();
    assert.deepEqual(
      resent.map(({ firstIndex, count }) => [firstIndex, count]),
      [[0, 4]],
    );
    assert.deepEqual(totals, {
      devices: 4,
      succeeded: 0,
      failed: 4,
      uncertain: 4,
      byOutcome: { ZtdDeviceAlreadyAssigned: 4 },
    });
    assert.deepEqual(await countStored(muster, customerId), { devices: 4, jobs: 2, batches: 1 });
  } finally {
    serverAheadMs = 0;
  }
});
