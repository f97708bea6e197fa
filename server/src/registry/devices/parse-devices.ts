import { decodeHardwareHash } from '@muster/contract/hardware-hash/decode-hardware-hash';
import type { DecodedHardwareHash, UsableHardwareHash } from '@muster/contract/hardware-hash/hardware-hash';
import { hasAcceptedCombination } from '@muster/contract/identity/accepted-combination';
import { identityKeys } from '@muster/contract/identity/identity-keys';
import { writeDevices, type JobDevice, type NewUpload } from '../../store/jobs/batch-jobs.ts';
import type { DeviceFailure } from '../../registrars/registrar.ts';
import { RegistryError } from '../registry-error.ts';
import { newDeviceIds } from './new-device-ids.ts';

/** The devices of a call in the form they are stored in: texts and one piece of bytes, cheap to hand between threads. */
export type ParsedUpload = Pick<NewUpload, 'devices' | 'hashes'>;

/** A device to register, as a client describes it. */
export interface DeviceInput {
  readonly serialNumber?: string | undefined;
  readonly productKey?: string | undefined;
  /** Base64. */
  readonly hardwareHash?: string | undefined;
  readonly modelName?: string | undefined;
  readonly oemManufacturerName?: string | undefined;
  /** A policy's id or name; the empty text: none. */
  readonly policy?: string | undefined;
  /** The caller's own name for the device. */
  readonly reference?: string | undefined;
}

/** The devices of a call. */
export interface DeviceList {
  readonly devices: readonly DeviceInput[];
  /** How the call names the list; undefined: the whole body is the list. */
  readonly listName: string | undefined;
  readonly devicesPerCall: number;
  /** The time of the call, in milliseconds. */
  readonly now: number;
  /** The bytes of hashes that were read already; undefined: read the text. */
  readonly bytesOf: (hardwareHash: string) => Uint8Array | undefined;
  /** Where the hash bytes go: the memory of the request's body, which is longer than they are. */
  readonly memory: Buffer;
}

/**
 * Reads every device of a call once: its identity keys, the failures that are already certain, its hash bytes.
 * Throws `no-devices` and `too-many-devices`.
 */
export function parseDevices(submitted: DeviceList): ParsedUpload {
  const { devices, listName, devicesPerCall, now, bytesOf, memory } = submitted;
  checkDeviceCount(devices, devicesPerCall, listName);
  const jobDevices: JobDevice[] = [];
  const hashes = new HashBytes(memory);
  const deviceIds = newDeviceIds(devices.length, now);
  for (const [index, device] of devices.entries()) {
    const { hardwareHash } = device;
    const hash =
      hardwareHash === undefined ? undefined : decodeHardwareHash(hardwareHash, bytesOf(hardwareHash));
    const jobDevice = parseDevice(device, hash, deviceIds[index] ?? '');
    if (hash?.usable) hashes.add(jobDevice.deviceId, hash.bytes);
    jobDevices.push(jobDevice);
  }
  return { devices: writeDevices(jobDevices), hashes: hashes.toValue() };
}

/** Throws `no-devices` for an empty list and `too-many-devices` for a long one. */
export function checkDeviceCount(
  devices: readonly unknown[],
  limit: number,
  listName: string | undefined,
): void {
  const count = devices.length;
  if (count === 0) throw new RegistryError({ kind: 'no-devices', listName });
  if (count > limit) throw new RegistryError({ kind: 'too-many-devices', listName, count, limit });
}

function parseDevice(
  device: DeviceInput,
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
  // A device that is newly registered has no policy to remove.
  const policy = device.policy || undefined;
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
    reference: device.reference,
  };
}

function refusalOf(
  device: DeviceInput,
  found: { hasBadHash: boolean; hasKeys: boolean },
): DeviceFailure | undefined {
  if (found.hasBadHash) return 'InvalidZtdHardwareHash';
  // Placeholders such as "Default string" identify nothing, so a device that has only those lacks everything.
  if (!hasAcceptedCombination(device) || !found.hasKeys) return 'MissingZtdSerialNumberAndProductKey';
  return undefined;
}

/** Hash bytes one after the other, so that they reach the database as one binary value. */
class HashBytes {
  readonly #memory: Buffer;
  readonly #deviceIds: string[] = [];
  readonly #firsts: number[] = [];
  readonly #lengths: number[] = [];
  #length = 0;

  constructor(memory: Buffer) {
    this.#memory = memory;
  }

  add(deviceId: string, bytes: UsableHardwareHash['bytes']): void {
    this.#memory.set(bytes, this.#length);
    this.#deviceIds.push(deviceId);
    // PostgreSQL counts from 1.
    this.#firsts.push(this.#length + 1);
    this.#lengths.push(bytes.length);
    this.#length += bytes.length;
  }

  toValue(): NewUpload['hashes'] {
    return {
      bytes: this.#memory.subarray(0, this.#length),
      deviceIds: arrayText(this.#deviceIds),
      firsts: arrayText(this.#firsts),
      lengths: arrayText(this.#lengths),
    };
  }
}

/** A PostgreSQL array of GUIDs or numbers, which need no quotes. */
function arrayText(values: readonly (string | number)[]): string {
  return `{${values.join(',')}}`;
}
