import type { Db } from '../store/database.ts';
import type { NewDevice, RegistrationStep } from '../store/jobs/registration-steps.ts';

/** Why a device of a job did not succeed, by Microsoft's symbolic names (`docs/domain.md` 1.1). */
const deviceFailures = [
  'StorageError',
  'InvalidZtdHardwareHash',
  'MissingZtdSerialNumberAndProductKey',
  'ZtdDeviceAlreadyAssigned',
  'ZtdDeviceIsNotRegistered',
  'ZtdDeviceAssignedToOtherTenant',
  'ZtdProfileIsNotRegistered',
  'ZtdProfileAssignedToOtherTenant',
  'ZtdDeviceIsNotUnique',
  'ZtdDeviceDuplicated',
] as const;
export type DeviceFailure = (typeof deviceFailures)[number];

/** Whether a text is the name of a failure. */
export function isDeviceFailure(name: string): name is DeviceFailure {
  return (deviceFailures as readonly string[]).includes(name);
}

/** The outcome of one device of a job. */
export type DeviceOutcome = 'succeeded' | DeviceFailure;

/** A device to register, after the policy it asks for was looked up. */
export interface UploadDevice extends NewDevice {
  /** Why it cannot have the policy it asks for. */
  readonly policyFailure?: DeviceFailure;
}

/** The devices of one upload, and the customer they are for. */
export interface Upload {
  readonly customerId: string;
  readonly uploadedAt: Date;
  readonly devices: readonly UploadDevice[];
  /** Outcomes of the first devices that are fixed already: of a job that is being resumed. */
  readonly settled: readonly DeviceOutcome[];
}

/** Where devices are registered, and by whose rules. The default is Muster's own registry: `localRegistrar`. */
export interface Registrar {
  /** An outcome for each device of the upload, in order. Changes nothing. */
  decide(db: Db, upload: Upload): Promise<readonly DeviceOutcome[]>;
  /**
   * Records the outcomes of a step of the upload's job, and its devices that succeeded as registered: all of it or
   * nothing. False when something changed since `decide`, the job or one of the devices: decide again.
   */
  record(db: Db, upload: Upload, step: RegistrationStep): Promise<boolean>;
}
