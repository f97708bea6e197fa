import { randomUUID } from 'node:crypto';
import type { SubmittedDevice } from '../../src/index.ts';

/** Devices nobody has registered, known by serial number, manufacturer and model. */
export function newDevices(count: number): SubmittedDevice[] {
  const run = randomUUID().slice(0, 8);
  return Array.from({ length: count }, (_, place) => ({
    serialNumber: `${run}-${place}`,
    oemManufacturerName: 'Contoso',
    modelName: 'Slate 5',
  }));
}
