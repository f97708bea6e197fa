import type { Context } from '../registry/context.ts';
import { resolveUpload } from '../registry/devices/resolve-upload.ts';
import type { DeviceOutcome } from '../registrars/registrar.ts';
import { PlanOutdated, type JobToPlan, type PlannedJob } from './planned-job.ts';

/** Decides about every device of an upload; a step records what was decided about its devices. */
export async function planRegistration(ctx: Context, job: JobToPlan): Promise<PlannedJob> {
  const upload = await resolveUpload(ctx, {
    customerId: job.customerId,
    uploadedAt: job.createdAt,
    devices: job.devices,
    settled: job.outcomes as readonly DeviceOutcome[],
  });
  const outcomes = await ctx.registrar.decide(ctx.db, upload);
  return {
    async take({ first, next }, toStep) {
      const { deviceBatchId, ...step } = toStep(outcomes.slice(first, next));
      if (deviceBatchId === null) throw new Error(`Job ${job.trackingId} registers devices in no batch.`);
      if (!(await ctx.registrar.record(ctx.db, upload, { ...step, deviceBatchId }))) throw new PlanOutdated();
    },
  };
}
