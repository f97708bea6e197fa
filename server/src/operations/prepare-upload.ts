import type { DeviceFailure, FaultValue, SubmittedDevice } from '@muster/contract';
import { decodeHardwareHash } from '@muster/contract/hardware-hash/decode-hardware-hash';
import type { DecodedHardwareHash, UsableHardwareHash } from '@muster/contract/hardware-hash/hardware-hash';
import { hasAcceptedCombination } from '@muster/contract/identity/accepted-combination';
import { identityKeys } from '@muster/contract/identity/identity-keys';
import type { Context } from '../context.ts';
import type { JobDevice, NewUpload } from '../store/batch-jobs.ts';
import { askedPolicy } from './asked-policy.ts';
import { checkDeviceCount } from './check-device-count.ts';
import { newDeviceIds } from './new-device-ids.ts';

type PreparedUpload = Pick<NewUpload, 'devices' | 'hashes'>;

/**
 * Reads every device of a call once: its identity keys, the failures that are already certain, its hash bytes.
 * Throws InvalidInput for an empty list and TooManyDevices for a long one; `member` is how the list is named there.
 */
export function prepareUpload(
  ctx: Context,
  devices: readonly SubmittedDevice[],
  member: FaultValue,
): PreparedUpload {
  checkDeviceCount(ctx, devices, member);
  const jobDevices: JobDevice[] = [];
  const hashes = new HashBytes();
  const deviceIds = newDeviceIds(devices.length, ctx.now().getTime());
  for (const [index, device] of devices.entries()) {
    const hash = device.hardwareHash === undefined ? undefined : decodeHardwareHash(device.hardwareHash);
    const jobDevice = prepareDevice(device, hash, deviceIds[index] ?? '');
    if (hash?.usable) hashes.add(jobDevice.deviceId, hash.bytes);
    jobDevices.push(jobDevice);
  }
  return { devices: jobDevices, hashes: hashes.toValue() };
}

function prepareDevice(
  device: SubmittedDevice,
  hash: DecodedHardwareHash | undefined,
  deviceId: string,
): JobDevice {
  const usable = hash?.usable ? hash : undefined;
  const keys = hash && !usable ? [] : identityKeys({ ...device, hash: usable });
  const refusal = refusalOf(device, { hasBadHash: hash !== undefined && !usable, hasKeys: keys.length > 0 });
  const facts = usable?.facts;
  // Where only a hash was given, its own words let people tell the rows apart.
  const serialNumber = device.serialNumber ?? facts?.serialNumber;
  const oemManufacturerName = device.oemManufacturerName ?? facts?.manufacturer;
  const modelName = device.modelName ?? facts?.model;
  // A device that is registered anew has no policy to take away.
  const policy = askedPolicy(device.policies) || undefined;
  // One shape for all devices, so that writing them as JSON is fast; what is undefined is left out there.
  return {
    deviceId,
    serialNumber,
    productKey: device.productKey,
    oemManufacturerName,
    modelName,
    identityKeys: refusal === undefined ? keys : [],
    refusal,
    policy,
  };
}

function refusalOf(
  device: SubmittedDevice,
  found: { hasBadHash: boolean; hasKeys: boolean },
): DeviceFailure | undefined {
  if (found.hasBadHash) return 'InvalidZtdHardwareHash';
  // Placeholders such as "Default string" identify nothing, so a device that has only those lacks everything.
  if (!hasAcceptedCombination(device) || !found.hasKeys) return 'MissingZtdSerialNumberAndProductKey';
  return undefined;
}

/** Hash bytes one after the other, so that they reach the database as one binary value. */
class HashBytes {
  readonly #parts: UsableHardwareHash['bytes'][] = [];
  readonly #deviceIds: string[] = [];
  readonly #firsts: number[] = [];
  readonly #lengths: number[] = [];
  #next = 1;

  add(deviceId: string, bytes: UsableHardwareHash['bytes']): void {
    this.#parts.push(bytes);
    this.#deviceIds.push(deviceId);
    this.#firsts.push(this.#next);
    this.#lengths.push(bytes.length);
    this.#next += bytes.length;
  }

  toValue(): NewUpload['hashes'] {
    return {
      bytes: Buffer.concat(this.#parts),
      deviceIds: this.#deviceIds,
      firsts: this.#firsts,
      lengths: this.#lengths,
    };
  }
}
