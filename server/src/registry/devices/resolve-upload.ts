import type { Context } from '../context.ts';
import { resolvePolicies } from '../policies/resolve-policies.ts';
import type { Upload, UploadDevice } from '../../registrars/registrar.ts';
import type { JobDevice } from '../../store/jobs/batch-jobs.ts';

/** An upload whose devices still name the policies they ask for. */
export interface UnresolvedUpload extends Omit<Upload, 'devices'> {
  readonly devices: readonly JobDevice[];
}

/** An upload for the registrar: each device with the policy that it asks for, or with the reason why it cannot have it. */
export async function resolveUpload(ctx: Context, upload: UnresolvedUpload): Promise<Upload> {
  const { devices, customerId } = upload;
  const asked = devices.map((device) => device.policy).filter((policy) => policy !== undefined);
  if (asked.length === 0) return upload;
  const resolve = await resolvePolicies(ctx.db, customerId, asked);
  const resolved = devices.map((device): UploadDevice => {
    if (device.policy === undefined) return device;
    const resolution = resolve(device.policy);
    return 'failure' in resolution
      ? { ...device, policyFailure: resolution.failure }
      : { ...device, policyId: resolution.policyId };
  });
  return { ...upload, devices: resolved };
}
