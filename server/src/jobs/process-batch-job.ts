import type { Context } from '../registry/context.ts';
import { readDevices, type BatchJob, type BatchJobKind, type NewBatchJob } from '../store/jobs/batch-jobs.ts';
import { findUnfinishedBatchJob, type BatchJobToProcess } from '../store/jobs/find-batch-job.ts';
import type { JobLease } from '../store/jobs/job-leases.ts';
import { countOutcomes, lockJobAt, recordJobStep, type JobEnd } from '../store/jobs/job-steps.ts';
import { devicesPolicyExists } from '../store/registry/configuration-policies.ts';
import { breaksConstraint, isLostRace } from '../store/database-faults.ts';
import { deleteHardwareHashes } from '../store/registry/registered-devices.ts';
import { PlanOutdated, type JobToPlan, type PlanJob, type PlannedJob } from './planned-job.ts';
import { planRegistration } from './register-devices.ts';
import { planRemoval } from './remove-devices.ts';
import { planPolicyUpdate } from './update-policies.ts';

/** The number of devices that get their outcome in one transaction, and by which progress moves. */
export const devicesPerStep = 250;

const planners: Readonly<Record<BatchJobKind, PlanJob>> = {
  register_devices: planRegistration,
  update_policies: planPolicyUpdate,
  remove_devices: planRemoval,
};

/** Looks up what a job needs to know. */
function planBatchJob(ctx: Context, job: JobToPlan): Promise<PlannedJob> {
  return planners[job.kind](ctx, job);
}

/** A job that this node has just stored, and is already planning. */
export interface AcceptedJobToProcess {
  readonly job: BatchJobToProcess;
  readonly planning: Promise<PlannedJob>;
}

/** The initial state of a job. */
const newlyQueued = { status: 'queued', startedAt: null, completedAt: null, outcomes: [] } as const;

/** Starts to plan a job while it is being stored. */
export function beginBatchJob(
  ctx: Context,
  accepted: NewBatchJob,
  { trackingId, leaseId }: JobLease,
): Omit<AcceptedJobToProcess, 'job'> & { job: Omit<AcceptedJobToProcess['job'], 'deviceBatchId'> } {
  const { customerId, kind, createdAt } = accepted;
  const devices = readDevices(accepted.devices);
  // Member by member: the hash bytes of the upload are not kept while the job runs.
  const job = { ...newlyQueued, trackingId, leaseId, customerId, kind, devices, createdAt };
  const planning = planBatchJob(ctx, job);
  // An error is reported when the job runs, if it does.
  planning.catch(() => {});
  return { job, planning };
}

/** Options of a run of a job. */
export interface RunOptions {
  readonly accepted?: AcceptedJobToProcess;
  /** Called between two steps. False ends this run, and the job waits for its next turn. Default: always true. */
  readonly goesOn?: () => Promise<boolean>;
}

/** How a run ended. `lost`: the job is already finished, or another node holds it. */
export type RunResult =
  | { readonly kind: 'ended'; readonly job: BatchJob }
  | { readonly kind: 'yielded' | 'lost' };

/**
 * Runs one batch job from wherever an earlier run left it. Every step commits the changes to devices together with
 * their outcomes, so a crash loses at most the step it hits.
 */
export async function processBatchJob(
  ctx: Context,
  lease: JobLease,
  options: RunOptions = {},
): Promise<RunResult> {
  let job = options.accepted?.job ?? (await findUnfinishedBatchJob(ctx.db, lease));
  let planning = options.accepted?.planning;
  while (job) {
    try {
      return await takeSteps(ctx, job, await (planning ?? planBatchJob(ctx, job)), options.goesOn);
    } catch (error) {
      if (!isOutdated(error)) throw error;
    }
    planning = undefined;
    job = await findUnfinishedBatchJob(ctx.db, lease);
  }
  return { kind: 'lost' };
}

/** Something that the job depends on has changed, so it must be planned again. */
function isOutdated(error: unknown): boolean {
  return error instanceof PlanOutdated || isLostRace(error) || breaksConstraint(error, devicesPolicyExists);
}

async function takeSteps(
  ctx: Context,
  job: BatchJobToProcess,
  planned: PlannedJob,
  goesOn: RunOptions['goesOn'],
): Promise<RunResult> {
  const { trackingId, leaseId, deviceBatchId } = job;
  const startedAt = job.startedAt ?? ctx.now();
  const outcomes = [...job.outcomes];
  for (;;) {
    const first = outcomes.length;
    const next = Math.min(first + devicesPerStep, job.devices.length);
    let end: JobEnd | undefined;
    await planned.take({ first, next }, (added) => {
      outcomes.push(...added);
      if (next === job.devices.length)
        end = { status: 'finished', completedAt: ctx.now(), devices: planned.named };
      const counts = countOutcomes(outcomes);
      return { trackingId, leaseId, deviceBatchId, first, outcomes: added, counts, startedAt, end };
    });
    if (end)
      return {
        kind: 'ended',
        job: { ...job, ...end, devices: end.devices ?? job.devices, startedAt, outcomes },
      };
    if (goesOn && !(await goesOn())) return { kind: 'yielded' };
  }
}

/**
 * Ends a job that keeps failing: its devices without an outcome get `StorageError`, which is worth another upload.
 * Outcomes that were recorded before stay.
 */
export async function abandonBatchJob(ctx: Context, lease: JobLease): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const job = await findUnfinishedBatchJob(tx, lease);
    if (!job) return;
    const first = job.outcomes.length;
    if (!(await lockJobAt(tx, { ...lease, first }))) return;
    const lost = job.devices.slice(first);
    // The devices of a policy update are registered ones: their hashes stay.
    if (job.kind === 'register_devices')
      await deleteHardwareHashes(
        tx,
        lost.map((device) => device.deviceId),
      );
    const startedAt = job.startedAt ?? ctx.now();
    const added = lost.map(() => 'StorageError');
    const outcomes = [...job.outcomes, ...added];
    const counts = countOutcomes(outcomes);
    const end = { status: 'finished_with_errors', completedAt: ctx.now() } as const;
    await recordJobStep(tx, { ...lease, first, outcomes: added, counts, startedAt, end });
  });
}
