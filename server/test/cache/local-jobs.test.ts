import { randomUUID } from 'node:crypto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OwnJobs } from '../../src/cache/local-jobs.ts';
import { writeDevices, type AcceptedJob, type NewBatchJob } from '../../src/store/jobs/batch-jobs.ts';

const stored: AcceptedJob = { deviceBatchId: '1' };

function newJob(): NewBatchJob {
  return {
    trackingId: randomUUID(),
    customerId: randomUUID(),
    kind: 'register_devices',
    createdBy: 'test',
    devices: writeDevices([]),
    createdAt: new Date(),
    replaysAfter: new Date(),
  };
}

/** A node with one hand, whose jobs end when the test says so: with `true` if they came to their end. */
function newNode() {
  const ends: ((isDone: boolean) => void)[] = [];
  const prepared: string[] = [];
  const kept: (readonly string[])[] = [];
  const ownJobs = new OwnJobs();
  ownJobs.open({
    holderId: 'own-test',
    jobsAtOnce: 1,
    prepare: (job) => {
      prepared.push(job.trackingId);
      return () => new Promise((resolve) => ends.push(resolve));
    },
    giveBackAllBut: async (trackingIds) => void kept.push(trackingIds),
  });
  return { ownJobs, ends, prepared, kept };
}

/** Who holds a job as it goes to the store. */
async function holderOf(ownJobs: OwnJobs, job = newJob()): Promise<string | undefined> {
  let holder: string | undefined;
  await ownJobs.accept(job, async ({ heldBy }) => {
    holder = heldBy;
    return stored;
  });
  return holder;
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}

test('a node that runs no jobs leaves its own to the queue', async () => {
  assert.equal(await holderOf(new OwnJobs()), undefined);
});

test('a node with a free hand holds its job from the store on; with none it leaves the job to the queue', async () => {
  const { ownJobs, ends } = newNode();
  assert.equal(await holderOf(ownJobs), 'own-test');
  assert.equal(await holderOf(ownJobs), undefined);
  await turn();
  ends[0]?.(true);
  await turn();
  assert.equal(await holderOf(ownJobs), 'own-test');
});

test('a job that was not stored is not run, and its hand is free again', async () => {
  const { ownJobs, ends } = newNode();
  assert.equal(await ownJobs.accept(newJob(), async () => 'replay'), 'replay');
  await assert.rejects(
    ownJobs.accept(newJob(), () => Promise.reject(new Error('the connection broke'))),
    /the connection broke/,
  );
  await turn();
  assert.equal(ends.length, 0);
  assert.equal(await holderOf(ownJobs), 'own-test');
});

test('a job that did not come to its end is given back to the queue; those at hand are kept', async () => {
  const { ownJobs, ends, kept } = newNode();
  await holderOf(ownJobs);
  await turn();
  ends[0]?.(false);
  await turn();
  assert.deepEqual(kept, [[]]);
  const next = newJob();
  await holderOf(ownJobs, next);
  await ownJobs.giveBack();
  assert.deepEqual(kept.at(-1), [next.trackingId]);
});

test('closing waits for the job at hand and takes no more', async () => {
  const { ownJobs, ends } = newNode();
  await holderOf(ownJobs);
  await turn();
  let isClosed = false;
  const closing = ownJobs.close().then(() => (isClosed = true));
  assert.equal(await holderOf(ownJobs), undefined);
  assert.equal(isClosed, false);
  ends[0]?.(true);
  await closing;
});

test('a job that is stored while the node closes is not begun, but given back', async () => {
  const { ownJobs, ends, kept } = newNode();
  const job = newJob();
  await ownJobs.accept(job, async () => {
    await ownJobs.close();
    return stored;
  });
  await turn();
  assert.equal(ends.length, 0);
  assert.deepEqual(kept, [[job.trackingId], []]);
});

test('whoever waits for a job hears of its end at once, or that the time is over, and does not wait for what is not at hand', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { ownJobs, ends } = newNode();
  const job = newJob();
  assert.equal(ownJobs.untilEnd(job.trackingId, 20), undefined);
  await holderOf(ownJobs, job);
  await turn();
  let heard = 0;
  const wait = (): Promise<unknown> | undefined =>
    ownJobs.untilEnd(job.trackingId, 20)?.then(() => (heard += 1));
  void wait();
  t.mock.timers.tick(19);
  await turn();
  assert.equal(heard, 0);
  t.mock.timers.tick(1);
  await turn();
  assert.equal(heard, 1);
  void wait();
  ends[0]?.(true);
  await turn();
  assert.equal(heard, 2);
  assert.equal(wait(), undefined);
});
