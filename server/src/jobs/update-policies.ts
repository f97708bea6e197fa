import { parseGuid } from '@muster/contract/guid';
import type { Context } from '../registry/context.ts';
import {
  nameDevices,
  outcomesOfChanges,
  planPolicyChanges,
  type PolicyChange,
} from '../registry/policies/plan-policy-changes.ts';
import type { DeviceOutcome } from '../registrars/registrar.ts';
import type { Db } from '../store/database.ts';
import { lockJobAt, recordJobStep } from '../store/jobs/job-steps.ts';
import { updateDevicePolicies, type PolicyAssignment } from '../store/registry/registered-devices.ts';
import { PlanOutdated, type JobToPlan, type PlannedJob } from './planned-job.ts';

/**
 * Looks up the policies that the devices shall have; a step gives them to its devices. A device that stands twice in
 * the job is done twice, in order: the last one counts.
 */
export async function planPolicyUpdate(ctx: Context, job: JobToPlan): Promise<PlannedJob> {
  const { customerId, devices } = job;
  const changes = await planPolicyChanges(ctx.db, customerId, devices);
  const names = await nameDevices(ctx.db, customerId, devices);
  return {
    named: devices.map((device) => ({ ...device, ...names.get(device.deviceId) })),
    take: ({ first, next }, toStep) =>
      ctx.db.transaction(async (tx) => {
        if (!(await lockJobAt(tx, { ...job, first }))) throw new PlanOutdated();
        const outcomes = await updateDevices(tx, customerId, changes.slice(first, next));
        await recordJobStep(tx, toStep(outcomes));
      }),
  };
}

/** Gives devices their policies, in the transaction that records the outcomes. */
async function updateDevices(
  tx: Db,
  customerId: string,
  changes: readonly PolicyChange[],
): Promise<readonly DeviceOutcome[]> {
  const assignments = new Map<string, PolicyAssignment>();
  for (const { assignment } of changes) {
    // A device is looked for also when it asks for nothing, or for a policy there is none of.
    const { deviceId, policyId } = assignment;
    if (parseGuid(deviceId) === undefined) continue;
    if (!assignments.has(deviceId) || policyId !== undefined) assignments.set(deviceId, assignment);
  }
  const found = await updateDevicePolicies(tx, customerId, [...assignments.values()]);
  return outcomesOfChanges(changes, found);
}
