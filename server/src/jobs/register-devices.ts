import type { Context } from '../registry/context.ts';
import { resolvePolicies } from '../registry/policies/resolve-policies.ts';
import type { DeviceOutcome, Upload, UploadDevice } from '../registrars/registrar.ts';
import { PlanOutdated, type JobToPlan, type PlannedJob } from './planned-job.ts';

/** Decides about every device of an upload; a step records what was decided about its devices. */
export async function planRegistration(ctx: Context, job: JobToPlan): Promise<PlannedJob> {
  const upload = await toUpload(ctx, job);
  const outcomes = await ctx.registrar.decide(ctx.db, upload);
  return {
    async take({ first, next }, toStep) {
      const { deviceBatchId, ...step } = toStep(outcomes.slice(first, next));
      if (deviceBatchId === null) throw new Error(`Job ${job.trackingId} registers devices in no batch.`);
      if (!(await ctx.registrar.record(ctx.db, upload, { ...step, deviceBatchId }))) throw new PlanOutdated();
    },
  };
}

async function toUpload(ctx: Context, job: JobToPlan): Promise<Upload> {
  return {
    customerId: job.customerId,
    uploadedAt: job.createdAt,
    devices: await withPolicies(ctx, job),
    settled: job.outcomes as readonly DeviceOutcome[],
  };
}

async function withPolicies(ctx: Context, job: JobToPlan): Promise<readonly UploadDevice[]> {
  const asked = job.devices.map((device) => device.policy).filter((policy) => policy !== undefined);
  if (asked.length === 0) return job.devices;
  const resolve = await resolvePolicies(ctx.db, job.customerId, asked);
  return job.devices.map((device) => {
    if (device.policy === undefined) return device;
    const resolution = resolve(device.policy);
    return 'failure' in resolution
      ? { ...device, policyFailure: resolution.failure }
      : { ...device, policyId: resolution.policyId };
  });
}
