import { parseGuid } from '@muster/contract/guid';
import type { DeviceFailure, DeviceOutcome } from '../../registrars/registrar.ts';
import type { Db } from '../../store/database.ts';
import type { SubmittedDevice } from '../../store/jobs/batch-jobs.ts';
import { listDeviceNames, type PolicyAssignment } from '../../store/registry/registered-devices.ts';
import { resolvePolicies, type PolicyResolution } from './resolve-policies.ts';

/** What is to be done to one device of a policy update, if it is registered. */
export interface PolicyChange {
  readonly assignment: PolicyAssignment;
  /** Why it cannot have the policy it asks for; then nothing is assigned. */
  readonly failure?: DeviceFailure;
}

/** Looks up the policies that devices shall have: a change for each device, in order. */
export async function planPolicyChanges(
  db: Db,
  customerId: string,
  devices: readonly SubmittedDevice[],
): Promise<PolicyChange[]> {
  const asked = devices.flatMap(({ policy }) => (policy ? [policy] : []));
  const resolve = await resolvePolicies(db, customerId, asked);
  return devices.map((device) => planChange(device, resolve));
}

function planChange(
  { deviceId, policy }: SubmittedDevice,
  resolve: (reference: string) => PolicyResolution,
): PolicyChange {
  if (policy === undefined) return { assignment: { deviceId } };
  if (policy === '') return { assignment: { deviceId, policyId: null } };
  const resolution = resolve(policy);
  return 'failure' in resolution
    ? { assignment: { deviceId }, failure: resolution.failure }
    : { assignment: { deviceId, policyId: resolution.policyId } };
}

/** The outcomes of changes, in order, where these devices are registered. */
export function outcomesOfChanges(
  changes: readonly PolicyChange[],
  registered: Pick<ReadonlySet<string>, 'has'>,
): DeviceOutcome[] {
  return changes.map(({ assignment, failure }) =>
    registered.has(assignment.deviceId) ? (failure ?? 'succeeded') : 'ZtdDeviceIsNotRegistered',
  );
}

/** What people call a device. */
export type DeviceName = Pick<SubmittedDevice, 'serialNumber' | 'productKey'>;

/** The names of those devices that are registered for a customer, by their ids. Clients name devices by ids alone. */
export async function nameDevices(
  db: Db,
  customerId: string,
  devices: readonly SubmittedDevice[],
): Promise<ReadonlyMap<string, DeviceName>> {
  const ids = devices.map((device) => parseGuid(device.deviceId)).filter((id) => id !== undefined);
  const found = await listDeviceNames(db, customerId, ids);
  return new Map(
    found.map(({ deviceId, serialNumber, productKey }) => [deviceId, { serialNumber, productKey }]),
  );
}
