import { WireError, parseGuid, type Device, type DeviceUpdateRequest } from '@muster/contract';
import type { Context } from '../context.ts';
import { devicesPolicyExists } from '../../store/registry/configuration-policies.ts';
import { breaksConstraint } from '../../store/database-faults.ts';
import { findDeviceBatch } from '../../store/registry/device-batches.ts';
import {
  findDevice,
  updateDevicePolicy,
  type RegisteredDevice,
} from '../../store/registry/registered-devices.ts';
import { askedPolicy } from '../policies/asked-policy.ts';
import { batchNotFound } from '../batches/batch-not-found.ts';
import { describeDevice } from './describe-device.ts';
import { resolvePolicies } from '../policies/resolve-policies.ts';

/** A device as the path of a request names it. */
export interface DeviceAddress {
  readonly customerId: string;
  readonly batchId: string;
  /** In the client's words: may be no GUID. */
  readonly deviceId: string;
}

/**
 * Gives one device another policy, or none; nothing else of a device can be changed. Throws BatchNotFound,
 * DeviceNotFound, and InvalidInput for a policy that is not one of this customer's.
 */
export async function updateDevice(
  ctx: Context,
  address: DeviceAddress,
  request: DeviceUpdateRequest,
): Promise<Device> {
  // The Java SDK leaves the literal "{2}" in the path and gives the id in the body alone (`docs/wire.md` 8). Nobody's device
  // is called so: it can only mean the one of the body.
  const deviceId = parseGuid(address.deviceId === '{2}' ? request.id : address.deviceId);
  const policyId = await policyOf(ctx, address.customerId, askedPolicy(request.policies));
  const device = deviceId === undefined ? undefined : await update(ctx, { ...address, deviceId }, policyId);
  if (!device) throw await notFound(ctx, address);
  return describeDevice(device);
}

/** The policy to have; null: none; undefined: as it is. */
async function policyOf(
  ctx: Context,
  customerId: string,
  asked: string | undefined,
): Promise<string | null | undefined> {
  if (asked === undefined) return undefined;
  if (asked === '') return null;
  const resolution = (await resolvePolicies(ctx.db, customerId, [asked]))(asked);
  if ('failure' in resolution) throw unknownPolicy();
  return resolution.policyId;
}

async function update(
  ctx: Context,
  place: DeviceAddress,
  policyId: string | null | undefined,
): Promise<RegisteredDevice | undefined> {
  if (policyId === undefined) return findDevice(ctx.db, place);
  try {
    return await updateDevicePolicy(ctx.db, place, policyId);
  } catch (error) {
    // Deleted since it was looked up.
    if (breaksConstraint(error, devicesPolicyExists)) throw unknownPolicy();
    throw error;
  }
}

/** Says the same of a policy that nobody has and of one that another customer has: this is one device, not a list. */
function unknownPolicy(): WireError {
  return new WireError('InvalidInput', {
    member: 'policies[0].value',
    problem: {
      'en-US': 'names no configuration policy of this customer',
      'zh-TW': '不是此客戶的設定原則',
    },
  });
}

/** Whether it is the batch or the device that there is none of. */
export async function notFound(
  ctx: Context,
  { customerId, batchId, deviceId }: DeviceAddress,
): Promise<WireError> {
  if (!(await findDeviceBatch(ctx.db, { customerId, batchId }))) return batchNotFound(batchId);
  return new WireError('DeviceNotFound', {
    deviceId: deviceId.slice(0, 64),
    batchId: batchId.slice(0, 256),
  });
}
