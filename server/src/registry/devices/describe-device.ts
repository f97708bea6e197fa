import type { Device } from '@muster/contract';
import type { RegisteredDevice } from '../../store/registry/registered-devices.ts';

/** A registered device as the wire tells it: absent where there is nothing to say, and never its hardware hash. */
export function describeDevice(device: RegisteredDevice): Device {
  const { serialNumber, productKey, modelName, oemManufacturerName, policyId } = device;
  return {
    id: device.deviceId,
    ...(serialNumber !== undefined && { serialNumber }),
    ...(productKey !== undefined && { productKey }),
    ...(modelName !== undefined && { modelName }),
    ...(oemManufacturerName !== undefined && { oemManufacturerName }),
    policies: policyId === undefined ? [] : [{ key: 'o_o_b_e', value: policyId }],
    uploadedDate: device.uploadedAt.toISOString(),
    attributes: { objectType: 'Device' },
  };
}
