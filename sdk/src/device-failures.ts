import { deviceOutcomes, isDeviceFailure, type DeviceFailure } from '@muster/contract/device-outcomes';
import type { DeviceErrorCode, DeviceErrorName, DeviceUploadDetails } from './generated/wire-types.ts';

/** The device to examine: a row of `devicesStatus`, or an outcome of an upload. */
export type FailedDevice = Pick<DeviceUploadDetails, 'status' | 'errorCode' | 'errorDescription'>;

/** The languages in which failures are explained. */
export type ExplanationLocale = 'en-US' | 'zh-TW';

/** Why a device failed, and what to do. */
export interface DeviceFailureExplanation {
  /** The symbolic name. */
  readonly name: DeviceErrorName;
  /** A number as a string; undefined if none is published. */
  readonly errorCode: DeviceErrorCode | undefined;
  readonly meaning: string;
  readonly remedy: string;
  /** Whether the same upload can succeed later without a change to it. */
  readonly isRetryable: boolean;
}

/** Other spellings in Microsoft's documentation. */
const aliases = new Map<string, DeviceFailure>([
  ['ZtdDeviceAssignedToAnotherTenant', 'ZtdDeviceAssignedToOtherTenant'],
]);

const namesByCode: ReadonlyMap<string, DeviceFailure> = new Map(
  Object.entries(deviceOutcomes).flatMap(([name, { errorCode }]) =>
    errorCode !== undefined && isDeviceFailure(name) ? [[errorCode, name] as const] : [],
  ),
);

/** Whether the device was registered, or the policy assigned. */
export function isDeviceFinished(device: FailedDevice): boolean {
  return device.status === 'finished';
}

/** Whether the device is registered to another customer (808). Only its owner can deregister it. */
export function isDeviceAssignedElsewhere(device: FailedDevice): boolean {
  return nameOf(device) === 'ZtdDeviceAssignedToOtherTenant';
}

/** Whether the device is already registered to this customer (806). There is nothing to do. */
export function isDeviceAlreadyAssigned(device: FailedDevice): boolean {
  return nameOf(device) === 'ZtdDeviceAlreadyAssigned';
}

/** Whether the device is a duplicate within one upload. The first one counts. */
export function isDeviceDuplicated(device: FailedDevice): boolean {
  return nameOf(device) === 'ZtdDeviceDuplicated';
}

/** Whether the hardware hash is unusable (802). */
export function isHardwareHashInvalid(device: FailedDevice): boolean {
  return nameOf(device) === 'InvalidZtdHardwareHash';
}

/** Whether the data does not identify a device (803). */
export function isDeviceNotIdentified(device: FailedDevice): boolean {
  return nameOf(device) === 'MissingZtdSerialNumberAndProductKey';
}

/** Whether the same device can succeed later without a change to it. */
export function isFailureRetryable(device: FailedDevice): boolean {
  const name = nameOf(device);
  return name !== undefined && deviceOutcomes[name].isRetryable;
}

/** An explanation of the failure; undefined if the device did not fail, or if the failure is not in the catalog. */
export function explainDeviceFailure(
  device: FailedDevice,
  locale: ExplanationLocale = 'en-US',
): DeviceFailureExplanation | undefined {
  const name = nameOf(device);
  if (name === undefined) return undefined;
  const { errorCode, meaning, remedy, isRetryable } = deviceOutcomes[name];
  return { name, errorCode, meaning: meaning[locale], remedy: remedy[locale], isRetryable };
}

/** The name takes precedence, because one code has been seen with two names. The number is used only for unknown names. */
function nameOf(device: FailedDevice): DeviceFailure | undefined {
  if (device.status === 'finished') return undefined;
  const { errorDescription, errorCode } = device;
  if (errorDescription !== undefined) {
    if (isDeviceFailure(errorDescription)) return errorDescription;
    const alias = aliases.get(errorDescription);
    if (alias) return alias;
  }
  return errorCode === undefined ? undefined : namesByCode.get(errorCode);
}
