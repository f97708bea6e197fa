import sql from 'sql-template-tag';
import { countOutcomes } from './job-steps.ts';
import { writeSubmission, type BatchJob } from './batch-jobs.ts';
import type { Db } from '../database.ts';

/** What earlier versions kept of a finished job: the response to a status read, as Partner Center's API sent it. */
interface EarlierAnswer {
  readonly devicesStatus: readonly {
    /** Absent where an upload failed: such a device has no id. */
    readonly deviceId?: string;
    readonly serialNumber?: string;
    readonly productKey?: string;
    readonly status: string;
    readonly errorDescription?: string;
  }[];
}

/** The devices and outcomes of a job that an earlier version finished. */
export function readEarlierAnswer(answer: Buffer): Pick<BatchJob, 'devices' | 'outcomes'> {
  const { devicesStatus } = JSON.parse(answer.toString()) as EarlierAnswer;
  return {
    devices: devicesStatus.map(({ deviceId = '', serialNumber, productKey }) => ({
      deviceId,
      serialNumber,
      productKey,
    })),
    outcomes: devicesStatus.map(({ errorDescription }) => errorDescription ?? 'succeeded'),
  };
}

/**
 * Rewrites up to `jobsMax` jobs that an earlier version finished, in the way this version stores them. Returns how many
 * it rewrote; 0 means that none is left, or that other nodes are rewriting the rest.
 */
export async function rewriteEarlierAnswers(tx: Db, jobsMax: number): Promise<number> {
  const rows = await tx.query<{ batch_tracking_id: string; answer: Buffer }>(sql`
    select batch_tracking_id, answer from batch_jobs
    where answer is not null order by batch_tracking_id limit ${jobsMax}::int for update skip locked`);
  if (rows.length === 0) return 0;
  const jobs = rows.map((row) => {
    const { devices, outcomes } = readEarlierAnswer(row.answer);
    const counts = countOutcomes(outcomes);
    return { id: row.batch_tracking_id, submission: writeSubmission(devices), outcomes, ...counts };
  });
  await tx.query(sql`
    update batch_jobs as j
    set submission = r.submission::json, outcomes = r.outcomes, devices_succeeded = r.succeeded,
      devices_failed = r.failed, outcome_counts = r."byOutcome", answer = null
    from json_to_recordset(${JSON.stringify(jobs)}::json)
      as r (id uuid, submission text, outcomes text[], succeeded int, failed int, "byOutcome" jsonb)
    where j.batch_tracking_id = r.id`);
  return rows.length;
}
