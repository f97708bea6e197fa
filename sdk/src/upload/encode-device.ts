import type { SubmittedDevice } from '../generated/wire-types.ts';

/** What is sent of a device: the members the wire knows, always in the same order, and nothing else it may carry. */
export function encodeDevice(device: SubmittedDevice): SubmittedDevice {
  const { serialNumber, productKey, hardwareHash, oemManufacturerName, modelName, policies } = device;
  const encoded = { serialNumber, productKey, hardwareHash, oemManufacturerName, modelName };
  // JSON leaves undefined members out.
  return {
    ...encoded,
    policies: policies?.map(({ key, value }) => ({ key, value })),
  } as SubmittedDevice;
}
