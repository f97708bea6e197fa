import type { KnownDevice } from '../../store/registry/registered-devices.ts';
import { isDeviceFailure, type DeviceOutcome, type UploadDevice } from '../registrar.ts';

/** What is decided about. `known` are the registered devices behind any identity key of these devices. */
export interface Decision {
  readonly customerId: string;
  readonly devices: readonly UploadDevice[];
  readonly known: readonly KnownDevice[];
  readonly settled: readonly DeviceOutcome[];
}

/**
 * Decides one device after the other, in the order submitted, by the rules of registering:
 * known to nobody: registered. Pointing at two different devices: ZtdDeviceIsNotUnique. The same as an earlier device
 * of this upload: ZtdDeviceDuplicated, whatever became of the earlier one. Known to this customer:
 * ZtdDeviceAlreadyAssigned. Known to another: ZtdDeviceAssignedToOtherTenant. A device that could be registered but not
 * with the policy it asks for is not registered.
 */
export function decideOutcomes(decision: Decision): DeviceOutcome[] {
  const { devices, settled, customerId } = decision;
  const registry = registryWithout(devices, decision.known);
  const seenInUpload = new Map<string, string>();
  return devices.map((device, position) => {
    const targets = targetsOf(device, registry, seenInUpload);
    const outcome = settled[position] ?? decideOne(device, targets, { registry, seenInUpload, customerId });
    const target = targetOf(device, outcome, targets);
    if (target !== undefined) for (const key of device.identityKeys) seenInUpload.set(key, target);
    return outcome;
  });
}

/**
 * Who a device is to the later ones of its upload. Ambiguous and unusable devices are nobody: a later one cannot be the
 * same as they are. One refused for its policy alone is somebody: fix that row, and its duplicates stay superfluous.
 */
function targetOf(
  device: UploadDevice,
  outcome: DeviceOutcome,
  targets: ReadonlySet<string>,
): string | undefined {
  if (outcome === 'succeeded' || outcome === device.policyFailure) return device.deviceId;
  return targets.size === 1 ? [...targets][0] : undefined;
}

type Registry = Map<string, KnownDevice>;

/** Devices that this very upload registered before it was interrupted are not known from elsewhere. */
function registryWithout(devices: readonly UploadDevice[], known: readonly KnownDevice[]): Registry {
  const own = new Set(devices.map((device) => device.deviceId));
  return new Map(known.filter((one) => !own.has(one.deviceId)).map((one) => [one.identityKey, one]));
}

function targetsOf(device: UploadDevice, registry: Registry, seenInUpload: Map<string, string>): Set<string> {
  const targets = new Set<string>();
  for (const key of device.identityKeys) {
    const target = seenInUpload.get(key) ?? registry.get(key)?.deviceId;
    if (target !== undefined) targets.add(target);
  }
  return targets;
}

function decideOne(
  device: UploadDevice,
  targets: ReadonlySet<string>,
  by: { registry: Registry; seenInUpload: Map<string, string>; customerId: string },
): DeviceOutcome {
  if (device.refusal !== undefined && isDeviceFailure(device.refusal)) return device.refusal;
  if (targets.size === 0) return device.policyFailure ?? 'succeeded';
  if (targets.size > 1) return 'ZtdDeviceIsNotUnique';
  if (device.identityKeys.some((key) => by.seenInUpload.has(key))) return 'ZtdDeviceDuplicated';
  const owner = device.identityKeys.map((key) => by.registry.get(key)).find((known) => known !== undefined);
  return owner?.customerId === by.customerId ? 'ZtdDeviceAlreadyAssigned' : 'ZtdDeviceAssignedToOtherTenant';
}
