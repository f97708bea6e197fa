import type { Context } from '../registry/context.ts';
import { resolvePolicies } from '../registry/policies/resolve-policies.ts';
import type { DeviceOutcome, Upload, UploadDevice } from '../registrars/registrar.ts';
import { DecisionOutdated, type JobToPrepare, type PreparedJob } from './prepared-job.ts';

/** Decides about every device of an upload; a step records what was decided about its devices. */
export async function prepareRegistration(ctx: Context, job: JobToPrepare): Promise<PreparedJob> {
  const upload = await toUpload(ctx, job);
  const outcomes = await ctx.registrar.decide(ctx.db, upload);
  return {
    devices: job.devices,
    async take({ first, next }, toStep) {
      const { deviceBatchId, ...step } = toStep(outcomes.slice(first, next));
      if (deviceBatchId === null) throw new Error(`Job ${job.trackingId} registers devices in no batch.`);
      if (!(await ctx.registrar.record(ctx.db, upload, { ...step, deviceBatchId })))
        throw new DecisionOutdated();
    },
  };
}

async function toUpload(ctx: Context, job: JobToPrepare): Promise<Upload> {
  return {
    customerId: job.customerId,
    uploadedAt: job.createdAt,
    devices: await withPolicies(ctx, job),
    settled: job.outcomes as readonly DeviceOutcome[],
  };
}

async function withPolicies(ctx: Context, job: JobToPrepare): Promise<readonly UploadDevice[]> {
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
