import { breaksConstraint } from '../../store/database-faults.ts';
import { findDevicesByKeys } from '../../store/registry/registered-devices.ts';
import { deviceKeysAreUnique, insertRegistrationStep } from '../../store/jobs/registration-steps.ts';
import { decideOutcomes } from './decide-outcomes.ts';
import type { Registrar } from '../registrar.ts';

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
    const refusedIds = refused.map((device) => device.deviceId);
    try {
      return await insertRegistrationStep(db, step, { ...upload, devices, refusedIds });
    } catch (error) {
      if (breaksConstraint(error, deviceKeysAreUnique)) return false;
      throw error;
    }
  },
};
