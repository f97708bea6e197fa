import { breaksConstraint } from '../../store/database-faults.ts';
import { findDevicesByKeys } from '../../store/registry/registered-devices.ts';
import { deviceKeysAreUnique, insertRegistrationStep } from '../../store/jobs/registration-steps.ts';
import { decideOutcomes } from './decide-outcomes.ts';
import type { DeviceFailure, Registrar } from '../registrar.ts';

/** Why a device is refused that somebody is known by already. */
const knownOutcomes: ReadonlySet<string> = new Set<DeviceFailure>([
  'ZtdDeviceAlreadyAssigned',
  'ZtdDeviceAssignedToOtherTenant',
  'ZtdDeviceIsNotUnique',
]);

/** Muster's own registry decides. */
export const localRegistrar: Registrar = {
  async decide(db, upload) {
    const identityKeys = upload.devices.flatMap((device) => device.identityKeys);
    const known = identityKeys.length === 0 ? [] : await findDevicesByKeys(db, identityKeys);
    return decideOutcomes({ ...upload, known });
  },

  async record(db, upload, step) {
    const part = upload.devices.slice(step.first, step.first + step.outcomes.length);
    const isRegistered = (index: number): boolean => step.outcomes[index] === 'succeeded';
    const devices = part.filter((_, index) => isRegistered(index));
    const refused = part.filter((_, index) => !isRegistered(index));
    const known = part.flatMap(({ identityKeys }, index) => {
      const outcome = step.outcomes[index] ?? '';
      return knownOutcomes.has(outcome) ? [{ identityKeys, outcome }] : [];
    });
    const refusedIds = refused.map((device) => device.deviceId);
    try {
      return await insertRegistrationStep(db, step, { ...upload, devices, known, refusedIds });
    } catch (error) {
      if (breaksConstraint(error, deviceKeysAreUnique)) return false;
      throw error;
    }
  },
};
