import { deviceOutcomes, isDeviceFailure, type DeviceFailure } from '@muster/contract/device-outcomes';
import type { DeviceErrorCode, DeviceErrorName, DeviceUploadDetails } from './generated/wire-types.ts';

/** What a failure is judged by: a row of `devicesStatus`, or an outcome of an upload. */
export type FailedDevice = Pick<DeviceUploadDetails, 'status' | 'errorCode' | 'errorDescription'>;

/** The languages failures are explained in. */
export type ExplanationLocale = 'en-US' | 'zh-TW';

/** Why a device failed and what helps. */
export interface DeviceFailureExplanation {
  /** The symbolic name. */
  readonly name: DeviceErrorName;
  /** A number as text; undefined where none is published. */
  readonly errorCode: DeviceErrorCode | undefined;
  readonly meaning: string;
  readonly remedy: string;
  /** Whether the same upload can succeed later without a change to it. */
  readonly isRetryable: boolean;
}

/** Spellings of Microsoft's other pages. */
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

/** Registered to another customer (808): only its owner can let it go. */
export function isDeviceAssignedElsewhere(device: FailedDevice): boolean {
  return nameOf(device) === 'ZtdDeviceAssignedToOtherTenant';
}

/** Registered to this customer already (806): nothing to do. */
export function isDeviceAlreadyAssigned(device: FailedDevice): boolean {
  return nameOf(device) === 'ZtdDeviceAlreadyAssigned';
}

/** Twice in one upload: the first one counts. */
export function isDeviceDuplicated(device: FailedDevice): boolean {
  return nameOf(device) === 'ZtdDeviceDuplicated';
}

/** An unusable hardware hash (802). */
export function isHardwareHashInvalid(device: FailedDevice): boolean {
  return nameOf(device) === 'InvalidZtdHardwareHash';
}

/** Nothing that identifies it (803). */
export function isDeviceNotIdentified(device: FailedDevice): boolean {
  return nameOf(device) === 'MissingZtdSerialNumberAndProductKey';
}

/** Whether the same device can succeed later without a change to it. */
export function isFailureRetryable(device: FailedDevice): boolean {
  const name = nameOf(device);
  return name !== undefined && deviceOutcomes[name].isRetryable;
}

/** The failure in words; undefined when the device did not fail, or with a failure that is not in the catalogue. */
export function explainDeviceFailure(
  device: FailedDevice,
  locale: ExplanationLocale = 'en-US',
): DeviceFailureExplanation | undefined {
  const name = nameOf(device);
  if (name === undefined) return undefined;
  const { errorCode, meaning, remedy, isRetryable } = deviceOutcomes[name];
  return { name, errorCode, meaning: meaning[locale], remedy: remedy[locale], isRetryable };
}

/** The name decides: one code has been seen with two names. The number counts only where the name says nothing. */
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
