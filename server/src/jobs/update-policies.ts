import { parseGuid } from '@muster/contract/guid';
import type { Context } from '../registry/context.ts';
import { resolvePolicies, type PolicyResolution } from '../registry/policies/resolve-policies.ts';
import type { DeviceOutcome } from '../registrars/registrar.ts';
import type { SubmittedDevice } from '../store/jobs/batch-jobs.ts';
import type { Db } from '../store/database.ts';
import { lockJobAt, recordJobStep } from '../store/jobs/job-steps.ts';
import {
  listDeviceNames,
  updateDevicePolicies,
  type PolicyAssignment,
} from '../store/registry/registered-devices.ts';
import { PlanOutdated, type JobToPlan, type PlannedJob } from './planned-job.ts';

/**
 * Looks up the policies that the devices shall have; a step gives them to its devices. A device that stands twice in
 * the job is done twice, in order: the last one counts.
 */
export async function planPolicyUpdate(ctx: Context, job: JobToPlan): Promise<PlannedJob> {
  const asked = job.devices.flatMap(({ policy }) => (policy ? [policy] : []));
  const resolve = await resolvePolicies(ctx.db, job.customerId, asked);
  const plans = job.devices.map((device) => plan(device, resolve));
  return {
    named: await withNames(ctx, job),
    take: ({ first, next }, toStep) =>
      ctx.db.transaction(async (tx) => {
        if (!(await lockJobAt(tx, { ...job, first }))) throw new PlanOutdated();
        const outcomes = await updateDevices(tx, job.customerId, plans.slice(first, next));
        await recordJobStep(tx, toStep(outcomes));
      }),
  };
}

/** Gives devices their policies, in the transaction that records the outcomes. */
async function updateDevices(
  tx: Db,
  customerId: string,
  plans: readonly Plan[],
): Promise<readonly DeviceOutcome[]> {
  const assignments = new Map<string, PolicyAssignment>();
  for (const one of plans) {
    // A device is looked for also when it asks for nothing, or for a policy there is none of.
    const { deviceId } = one.assignment;
    if (parseGuid(deviceId) === undefined) continue;
    if (!assignments.has(deviceId) || isChange(one)) assignments.set(deviceId, one.assignment);
  }
  const found = await updateDevicePolicies(tx, customerId, [...assignments.values()]);
  return plans.map(({ assignment, failure }) =>
    found.has(assignment.deviceId) ? (failure ?? 'succeeded') : 'ZtdDeviceIsNotRegistered',
  );
}

interface Plan {
  readonly assignment: PolicyAssignment;
  readonly failure?: DeviceOutcome;
}

function isChange({ assignment }: Plan): boolean {
  return assignment.policyId !== undefined;
}

function plan({ deviceId, policy }: SubmittedDevice, resolve: (reference: string) => PolicyResolution): Plan {
  if (policy === undefined) return { assignment: { deviceId } };
  if (policy === '') return { assignment: { deviceId, policyId: null } };
  const resolution = resolve(policy);
  return 'failure' in resolution
    ? { assignment: { deviceId }, failure: resolution.failure }
    : { assignment: { deviceId, policyId: resolution.policyId } };
}

/** Clients name devices by their ids alone; people know them by their serial numbers. */
async function withNames(ctx: Context, job: JobToPlan): Promise<readonly SubmittedDevice[]> {
  const ids = job.devices.map((device) => parseGuid(device.deviceId)).filter((id) => id !== undefined);
  const names = new Map(
    (await listDeviceNames(ctx.db, job.customerId, ids)).map((name) => [name.deviceId, name]),
  );
  return job.devices.map((device) => {
    const { serialNumber, productKey } = names.get(device.deviceId) ?? {};
    return {
      ...device,
      ...(serialNumber !== undefined && { serialNumber }),
      ...(productKey !== undefined && { productKey }),
    };
  });
}
