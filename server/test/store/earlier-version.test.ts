import { randomUUID } from 'node:crypto';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { pino } from 'pino';
import Postgrator from 'postgrator';
import sql from 'sql-template-tag';
import { renderStatus } from '../../src/apis/partner-center/batch-job-endpoints.ts';
import { CustomerOwners } from '../../src/cache/customer-owners.ts';
import { FinishedStatuses } from '../../src/cache/finished-statuses.ts';
import { EventNotices } from '../../src/cache/event-notices.ts';
import { JobEnds } from '../../src/cache/job-ends.ts';
import { StatusReads } from '../../src/cache/status-reads.ts';
import { WaitingPlaces } from '../../src/cache/waiting-places.ts';
import { JobRunner } from '../../src/jobs/job-runner.ts';
import { processBatchJob } from '../../src/jobs/process-batch-job.ts';
import { localRegistrar } from '../../src/registrars/local/local-registrar.ts';
import { describePolicy } from '../../src/apis/partner-center/policy-endpoints.ts';
import { getReplayedJob, type Call } from '../../src/registry/call.ts';
import { deleteDevice } from '../../src/registry/devices/delete-device.ts';
import { createPolicy } from '../../src/registry/policies/create-policy.ts';
import { deletePolicy } from '../../src/registry/policies/delete-policy.ts';
import { updatePolicy } from '../../src/registry/policies/update-policy.ts';
import { getBatchJob } from '../../src/registry/batches/get-batch-job.ts';
import type { Context } from '../../src/registry/context.ts';
import { openDatabase, type Database } from '../../src/store/database.ts';
import type { BatchJob } from '../../src/store/jobs/batch-jobs.ts';
import { rewriteEarlierAnswers } from '../../src/store/jobs/earlier-answers.ts';
import { migrate } from '../../src/store/migrate.ts';
import { leaseJob } from '../support/lease-job.ts';
import { createEmptyDatabase } from '../support/test-database.ts';

/**
 * What version 22e2ab8 stored (schema version 4): jobs of every kind in every state, with the responses it sent for them,
 * and calls that may be repeated. Made by running that version; the hash bytes and the queue's own tables are left out.
 */
interface Fixture {
  readonly tables: Readonly<Record<string, readonly object[]>>;
  readonly responses: readonly {
    readonly what: string;
    readonly customerId: string;
    readonly trackingId: string;
    readonly body: string;
  }[];
  readonly repeats: {
    readonly requestKeys: Readonly<Record<string, string>>;
    readonly trackingId: string;
    readonly created: { readonly id: string };
    readonly changed: { readonly id: string };
    readonly doomedPolicyId: string;
    readonly deletedDeviceId: string;
  };
}

const fixtureFile = new URL('fixtures/schema-version-4.json.gz', import.meta.url);
const fixture = JSON.parse(gunzipSync(await readFile(fixtureFile)).toString()) as Fixture;
const finished = fixture.responses.filter(({ what }) => !/queued|processing/.test(what));

const testDatabase = await createEmptyDatabase();
const database = openDatabase({ connectionString: testDatabase.url, max: 2 });
after(async () => {
  await database.pool.end();
  await testDatabase.drop();
});
await load(database);
await migrate(database);

const ctx: Context = {
  db: database,
  registrar: localRegistrar,
  // Within a day of the fixture's calls.
  now: () => new Date('2026-11-22T20:00:00Z'),
  limits: { devicesPerCall: 1000, auditDays: 400 },
  claimCustomers: false,
  owners: new CustomerOwners(),
  finishedStatuses: new FinishedStatuses(1_000_000),
  statusReads: new StatusReads(),
  jobEnds: new JobEnds(new WaitingPlaces({ perNode: 1, perPartner: 1 })),
  waitingPlaces: new WaitingPlaces({ perNode: 1, perPartner: 1 }),
  eventNotices: new EventNotices(),
  allowsAddress: () => false,
  localJobs: new JobRunner({ jobsAtOnce: 1, log: pino({ level: 'silent' }) }),
};

/** The schema of that version, and its rows. `migrate` checks that no migration has changed since. */
async function load({ pool }: Database): Promise<void> {
  await new Postgrator({
    driver: 'pg',
    migrationPattern: `${fileURLToPath(new URL('../../migrations', import.meta.url))}/*.sql`,
    schemaTable: 'schema_versions',
    execQuery: (query) => pool.query(query),
  }).migrate('4');
  await pool.query('truncate schema_versions');
  for (const [table, rows] of Object.entries(fixture.tables))
    await pool.query(
      `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    );
}

type JobOfFixture = Pick<Fixture['responses'][number], 'customerId' | 'trackingId'>;

async function readJob({ customerId, trackingId }: JobOfFixture): Promise<BatchJob> {
  const job = await getBatchJob(ctx, { customerId, trackingId });
  assert.ok(job);
  return job;
}

async function read(response: JobOfFixture): Promise<string> {
  return renderStatus(await readJob(response)).toString();
}

test('every job of an earlier version reads byte for byte as that version sent it', async () => {
  for (const response of fixture.responses) assert.equal(await read(response), response.body, response.what);
});

test('finished jobs of an earlier version are rewritten, counted, and read the same', async () => {
  let rewritten = 0;
  for (let count = -1; count !== 0; rewritten += count)
    count = await database.transaction((tx) => rewriteEarlierAnswers(tx, 2));
  assert.equal(rewritten, finished.length);
  for (const response of finished) {
    assert.equal(await read(response), response.body, response.what);
    const rows = await database.query<{ counts: Record<string, number> }>(sql`
      select answer, devices_total as total, devices_succeeded + devices_failed as processed,
        devices_succeeded as succeeded, devices_failed as failed, outcome_counts as counts
      from batch_jobs where batch_tracking_id = ${response.trackingId}`);
    const { counts, ...row } = rows[0] ?? { counts: {} };
    const { progress } = JSON.parse(response.body) as { progress: { total: number } };
    assert.deepEqual(row, { answer: null, ...progress }, response.what);
    const counted = Object.values(counts).reduce((sum, count) => sum + count, 0);
    assert.equal(counted, progress.total, response.what);
  }
});

test('jobs that an earlier version left unfinished run to their end', async () => {
  for (const { what, customerId, trackingId, body } of fixture.responses) {
    const before = JSON.parse(body) as { status: string; progress: { total: number; processed: number } };
    if (before.status.startsWith('finished')) continue;
    const { kind } = await processBatchJob(ctx, await leaseJob(database, trackingId));
    assert.equal(kind, 'ended', what);
    const job = await readJob({ customerId, trackingId });
    assert.deepEqual([job.status, job.outcomes.length], ['finished', before.progress.total], what);
  }
  const keys = await database.query(sql`select 1 from batch_jobs where identity_keys is not null`);
  assert.equal(keys.length, 0);
});

test('calls that an earlier version accepted are repeated: nothing is done twice, and policies are as they were', async () => {
  const { repeats, responses } = fixture;
  const customerId = responses.find(({ trackingId }) => trackingId === repeats.trackingId)?.customerId ?? '';
  const caller = { partnerId: randomUUID(), clientId: randomUUID(), name: 'test', roles: [] };
  let replays = 0;
  const repeat = (of: string): Call => ({
    caller,
    customerId,
    requestKey: repeats.requestKeys[of],
    onReplay: () => (replays += 1),
  });
  const input = { name: 'Repeated', description: 'kept', settings: ['skip_eula'] };
  const policyId = repeats.created.id;
  const created = describePolicy(await createPolicy(ctx, repeat('create policy'), input));
  assert.deepEqual(created, repeats.created);
  const update = {
    policyId,
    versions: undefined,
    name: 'Renamed',
    description: undefined,
    settings: undefined,
  };
  const changed = describePolicy(await updatePolicy(ctx, repeat('update policy'), update));
  assert.deepEqual(changed, repeats.changed);
  await deletePolicy(ctx, repeat('delete policy'), { policyId: repeats.doomedPolicyId, versions: undefined });
  await deleteDevice(ctx, repeat('delete device'), { batchId: 'Lot "1"', deviceId: repeats.deletedDeviceId });
  assert.equal(await getReplayedJob(ctx, repeat('create batch')), repeats.trackingId);
  assert.equal(replays, 5);
});
