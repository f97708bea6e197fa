import type { Context } from '../registry/context.ts';
import { guidsOf, outcomesOfRemoval } from '../registry/removals/remove-devices.ts';
import { lockJobAt, recordJobStep } from '../store/jobs/job-steps.ts';
import { deleteDevices } from '../store/registry/device-removals.ts';
import { PlanOutdated, type JobToPlan, type PlannedJob } from './planned-job.ts';

/** A removal has nothing to look up: each step removes its devices and records what became of them, in one transaction. */
export function planRemoval(ctx: Context, job: JobToPlan): Promise<PlannedJob> {
  const { customerId } = job;
  return Promise.resolve({
    take: ({ first, next }, toStep) =>
      ctx.db.transaction(async (tx) => {
        if (!(await lockJobAt(tx, { ...job, first }))) throw new PlanOutdated();
        const devices = job.devices.slice(first, next);
        const removal = { customerId, deviceIds: guidsOf(devices), removedAt: ctx.now() };
        const removed = await deleteDevices(tx, removal);
        await recordJobStep(tx, toStep(await outcomesOfRemoval(tx, { customerId, devices, removed })));
      }),
  });
}
