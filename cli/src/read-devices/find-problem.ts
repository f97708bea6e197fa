import type { DeviceMember, RowProblem, SubmittedDevice } from './device-row.ts';

/** The service's own limits: a value over them makes it refuse the whole call, not only the device. */
const identifierLimit = 256;

/** Four times the longest hash seen (`domain.md` 2.6), so that a thousand of them stay far below the call's limit. */
const hashLimit = 16_384;

const members: Readonly<Record<DeviceMember, string>> = {
  serialNumber: 'Serial number',
  productKey: 'Product key',
  hardwareHash: 'Hardware hash',
  oemManufacturerName: 'Manufacturer',
  modelName: 'Model',
};

/** Control characters, lone surrogates. */
const unprintable = /[\p{Cc}\p{Cs}]/u;

/** Why the service would refuse a call with this device in it; undefined when it would not. */
export function findProblem(device: SubmittedDevice): RowProblem | undefined {
  for (const [member, column] of Object.entries(members) as [DeviceMember, string][]) {
    const value = device[member];
    if (value === undefined) continue;
    const limit = member === 'hardwareHash' ? hashLimit : identifierLimit;
    if (value.length > limit) return { key: 'valueTooLong', values: { column, limit } };
    if (member !== 'hardwareHash' && unprintable.test(value)) {
      return { key: 'valueUnprintable', values: { column } };
    }
  }
  return undefined;
}

/** The name of a member, as people call it. */
export function nameMember(member: DeviceMember): string {
  return members[member];
}
