import { findDevicesByKeys, insertDevices } from '../store/devices.ts';
import { decideOutcomes } from './decide-outcomes.ts';
import type { Registrar } from './registrar.ts';

/** Muster's own registry decides. */
export const localRegistrar: Registrar = {
  async decide(db, upload) {
    const identityKeys = upload.devices.flatMap((device) => device.identityKeys);
    const known = identityKeys.length === 0 ? [] : await findDevicesByKeys(db, identityKeys);
    return decideOutcomes({ ...upload, known });
  },

  async record(tx, upload, registered) {
    if (registered.length === 0) return true;
    const keysInserted = await insertDevices(tx, { ...upload, devices: registered });
    return keysInserted === registered.reduce((sum, device) => sum + device.identityKeys.length, 0);
  },
};
