/** The members of a submitted device that identify it. */
export interface DeviceIdentifiers {
  readonly hardwareHash?: string | undefined;
  readonly productKey?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly oemManufacturerName?: string | undefined;
  readonly modelName?: string | undefined;
}

/**
 * Whether a device has one of the combinations that Microsoft documents: hardware hash (with or without product key and
 * serial number), product key, or serial number + manufacturer + model. Empty and blank values count as absent.
 * Placeholders count as present here, but `identityKeys` makes no key of them.
 * https://learn.microsoft.com/partner-center/developer/device-deployment-resources#device
 */
export function hasAcceptedCombination(device: DeviceIdentifiers): boolean {
  return (
    isPresent(device.hardwareHash) ||
    isPresent(device.productKey) ||
    (isPresent(device.serialNumber) && isPresent(device.oemManufacturerName) && isPresent(device.modelName))
  );
}

function isPresent(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}
