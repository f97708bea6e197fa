import { replayMs } from '../registry/call.ts';
import type { Context } from '../registry/context.ts';
import { keepAuditPartitions } from '../store/audit-records.ts';
import { deleteEventsBefore } from '../store/events/events.ts';
import { rewriteEarlierAnswers } from '../store/jobs/earlier-answers.ts';
import { deleteTurnsBefore } from '../store/jobs/job-leases.ts';
import type { Log } from '../store/log.ts';
import { deletePolicyVersionsBefore } from '../store/registry/configuration-policies.ts';
import { deleteRequestsBefore } from '../store/registry/idempotent-requests.ts';

const everyMs = 60 * 60 * 1000;
/** How long events and their deliveries can be listed: 30 days. */
const eventsMs = 30 * 24 * everyMs;
/** Jobs of earlier versions that are rewritten in one transaction: 20 ms of processor time. */
const jobsRewrittenAtOnce = 10;

/**
 * Once an hour, from an hour after the start on: deletes what is too old to be needed, and rewrites what earlier versions
 * stored. Returns what ends that.
 */
export function keepHouse(ctx: Context, log: Log): () => void {
  const end = new AbortController();
  const timer = setInterval(() => {
    work(ctx, end.signal).catch((error: unknown) =>
      log.warn({ err: error }, 'housekeeping failed; retrying in an hour'),
    );
  }, everyMs).unref();
  return () => {
    clearInterval(timer);
    end.abort();
  };
}

async function work({ db, now, limits }: Context, ended: AbortSignal): Promise<void> {
  const before = new Date(now().getTime() - replayMs);
  await deleteRequestsBefore(db, before);
  await deletePolicyVersionsBefore(db, before);
  await deleteTurnsBefore(db, before);
  await deleteEventsBefore(db, new Date(now().getTime() - eventsMs));
  await keepAuditPartitions(db, limits.auditDays);
  let rewritten: number;
  do {
    rewritten = await db.transaction((tx) => rewriteEarlierAnswers(tx, jobsRewrittenAtOnce));
  } while (rewritten > 0 && !ended.aborted);
}
