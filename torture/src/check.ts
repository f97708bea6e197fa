import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Ledger } from './ledger.ts';

/** What a run comes to. */
export interface Verdict {
  readonly accepted: number;
  readonly finished: number;
  readonly lost: number;
  readonly doubled: number;
  readonly problems: readonly string[];
}

interface Job {
  readonly devices_total: number;
  readonly outcomes: string[];
  readonly completed_at: Date | null;
  readonly status: string;
  readonly devices_succeeded: number | null;
  readonly devices_failed: number | null;
  readonly device_ids: string[];
}

/** What no row may show, whatever happened. Each statement counts the rows that do. */
const invariants: Readonly<Record<string, string>> = {
  'devices without an identity key': `select count(*)::int as rows from devices as d
    where not exists (select from device_keys as k where k.device_id = d.device_id)`,
  'identity keys without a device': `select count(*)::int as rows from device_keys as k
    where not exists (select from devices as d where d.device_id = k.device_id)`,
  'identity keys of two devices': `select count(*)::int as rows from (
    select from device_keys group by identity_key having count(*) > 1) as twice`,
  'devices that are registered twice': `select count(*)::int as rows from (
    select from devices where serial_number is not null group by serial_number, oem_manufacturer_name, model_name having count(*) > 1) as twice`,
  'devices of no batch': `select count(*)::int as rows from devices as d
    where not exists (select from device_batches as b where b.device_batch_id = d.device_batch_id)`,
  'batches with a wrong count': `select count(*)::int as rows from device_batches as b
    where devices_count <> (select count(*) from devices as d where d.device_batch_id = b.device_batch_id)`,
  'hardware hashes of no device and no job': `select count(*)::int as rows from hardware_hashes as h
    where not exists (select from devices as d where d.device_id = h.device_id)`,
  'devices whose hardware hash is lost': `select count(*)::int as rows from devices as d
    where (model_name is null or model_name like '% with a hash')
      and not exists (select from hardware_hashes as h where h.device_id = d.device_id)`,
  'jobs that ended without an outcome for each device': `select count(*)::int as rows from batch_jobs
    where completed_at is not null and cardinality(outcomes) <> devices_total`,
  'jobs with wrong counts': `select count(*)::int as rows from batch_jobs where completed_at is not null
    and (devices_succeeded <> (select count(*) from unnest(outcomes) as o where o = 'succeeded')
      or devices_failed <> cardinality(outcomes) - devices_succeeded)`,
  'jobs that ended and are still leased': `select count(*)::int as rows from batch_jobs
    where completed_at is not null and lease_id is not null`,
  'jobs without one audit record': `select count(*)::int as rows from batch_jobs as j
    where (select count(*) from audit_records where target ->> 'batchTrackingId' = j.batch_tracking_id::text) <> 1`,
  'jobs that did not end': 'select count(*)::int as rows from batch_jobs where completed_at is null',
};

/** Waits until all jobs have ended, then compares what clients were told with what the database holds. */
export async function check(databaseUrl: string, ledger: Ledger): Promise<Verdict> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await untilJobsEnded(client);
    const problems = [...ledger.problems];
    for (const [what, statement] of Object.entries(invariants)) {
      const { rows } = await client.query<{ rows: number }>(statement);
      if (rows[0]?.rows !== 0) problems.push(`${rows[0]?.rows} ${what}`);
    }
    const counts = await compareJobs(client, ledger, problems);
    return { accepted: ledger.accepted.length, ...counts, problems };
  } finally {
    await client.end();
  }
}

/** A job that has not ended after this long, without any fault, is stuck. */
const endMsMax = 180_000;

async function untilJobsEnded(client: pg.Client): Promise<void> {
  const deadline = performance.now() + endMsMax;
  while (performance.now() < deadline) {
    const { rows } = await client.query('select from batch_jobs where completed_at is null limit 1');
    if (rows.length === 0) return;
    await delay(50);
  }
}

async function compareJobs(
  client: pg.Client,
  ledger: Ledger,
  problems: string[],
): Promise<{ finished: number; lost: number; doubled: number }> {
  const found = await readJobs(client);
  const registered = await readDeviceIds(client);
  let [finished, lost, doubled] = [0, 0, 0];
  const seen = new Set<string>();
  const locations = new Set<string>();
  for (const { location, devices, kind } of ledger.accepted) {
    const job = found.get(location.split('/')[4] ?? '');
    if (locations.has(location)) doubled += 1;
    locations.add(location);
    if (!job?.completed_at || job.outcomes.length !== devices) lost += 1;
    else finished += 1;
    if (kind === 'policies' || !job) continue;
    for (const [position, deviceId] of job.device_ids.entries()) {
      if (job.outcomes[position] !== 'succeeded') continue;
      if (seen.has(deviceId)) doubled += 1;
      seen.add(deviceId);
      if (!registered.has(deviceId) && !ledger.deleted.has(deviceId)) lost += 1;
    }
  }
  if (lost > 0) problems.push(`${lost} jobs or devices that were accepted are lost`);
  if (found.size > ledger.accepted.length + ledger.unanswered) {
    doubled += found.size - ledger.accepted.length - ledger.unanswered;
    problems.push(`${found.size} jobs for ${ledger.accepted.length} accepted requests`);
  }
  if (doubled > 0) problems.push(`${doubled} jobs or devices are there twice`);
  return { finished, lost, doubled };
}

async function readJobs(client: pg.Client): Promise<Map<string, Job>> {
  const { rows } = await client.query<Job & { id: string }>(`
    select batch_tracking_id as id, devices_total, outcomes, completed_at, status, devices_succeeded, devices_failed,
      array(select device ->> 'deviceId' from json_array_elements(submission) as device) as device_ids
    from batch_jobs`);
  return new Map(rows.map((row) => [row.id, row]));
}

async function readDeviceIds(client: pg.Client): Promise<Set<string>> {
  const { rows } = await client.query<{ device_id: string }>('select device_id from devices');
  return new Set(rows.map((row) => row.device_id));
}
