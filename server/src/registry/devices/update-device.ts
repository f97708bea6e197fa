import { parseGuid } from '@muster/contract/guid';
import type { Context } from '../context.ts';
import { resolvePolicies } from '../policies/resolve-policies.ts';
import { RegistryError } from '../registry-error.ts';
import { breaksConstraint } from '../../store/database-faults.ts';
import { devicesPolicyExists } from '../../store/registry/configuration-policies.ts';
import { findDeviceBatch } from '../../store/registry/device-batches.ts';
import {
  findDevice,
  updateDevicePolicy,
  type RegisteredDevice,
} from '../../store/registry/registered-devices.ts';

/** A device as a client names it. */
export interface DeviceAddress {
  readonly customerId: string;
  readonly batchId: string;
  /** May be no GUID: then there is no such device. */
  readonly deviceId: string;
}

/**
 * Gives a device another policy, in the name of `actor`; nothing else of a device can be changed. `policy` is a policy's id or name; the empty
 * text: none; undefined: the one it has. Throws `batch-not-found`, `device-not-found`, and `policy-unknown` for a policy
 * that is not one of this customer's.
 */
export async function updateDevice(
  ctx: Context,
  address: DeviceAddress,
  { policy, actor }: { policy: string | undefined; actor: string },
): Promise<RegisteredDevice> {
  const deviceId = parseGuid(address.deviceId);
  const policyId = await policyIdOf(ctx, address.customerId, policy);
  const device =
    deviceId === undefined ? undefined : await update(ctx, { ...address, deviceId }, { policyId, actor });
  if (!device) throw await deviceNotFound(ctx, address);
  return device;
}

/** The policy to have; null: none; undefined: as it is. */
async function policyIdOf(
  ctx: Context,
  customerId: string,
  policy: string | undefined,
): Promise<string | null | undefined> {
  if (policy === undefined) return undefined;
  if (policy === '') return null;
  const resolution = (await resolvePolicies(ctx.db, customerId, [policy]))(policy);
  if ('failure' in resolution) throw new RegistryError({ kind: 'policy-unknown' });
  return resolution.policyId;
}

async function update(
  ctx: Context,
  address: DeviceAddress,
  { policyId, actor }: { policyId: string | null | undefined; actor: string },
): Promise<RegisteredDevice | undefined> {
  if (policyId === undefined) return findDevice(ctx.db, address);
  try {
    return await updateDevicePolicy(ctx.db, address, { policyId, actor });
  } catch (error) {
    // Deleted since it was looked up.
    if (breaksConstraint(error, devicesPolicyExists)) throw new RegistryError({ kind: 'policy-unknown' });
    throw error;
  }
}

/** The refusal of a device that cannot be found, or of its batch. */
export async function deviceNotFound(
  ctx: Context,
  { customerId, batchId, deviceId }: DeviceAddress,
): Promise<RegistryError> {
  const hasBatch = await findDeviceBatch(ctx.db, { customerId, batchId });
  if (!hasBatch) return new RegistryError({ kind: 'batch-not-found', batchId });
  return new RegistryError({ kind: 'device-not-found', deviceId, batchId });
}
