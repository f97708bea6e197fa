import type { MessageKey, Word } from './file-error.ts';
import type { DeviceMember, RowProblem, SubmittedDevice } from './device-row.ts';

/** The service's own limits: a value over them makes it refuse the whole call, not only the device. */
const identifierLimit = 256;

/** Four times the longest hash seen (`domain.md` 2.6), so that a thousand of them stay far below the call's limit. */
const hashLimit = 16_384;

const members: Readonly<Record<DeviceMember, MessageKey>> = {
  serialNumber: 'memberSerialNumber',
  productKey: 'memberProductKey',
  hardwareHash: 'memberHardwareHash',
  oemManufacturerName: 'memberManufacturer',
  modelName: 'memberModel',
};

/** Control characters, lone surrogates. */
const unprintable = /[\p{Cc}\p{Cs}]/u;

/** Why the service would refuse a call with this device in it; undefined when it would not. */
export function findProblem(device: SubmittedDevice): RowProblem | undefined {
  for (const member of Object.keys(members) as DeviceMember[]) {
    const value = device[member];
    if (value === undefined) continue;
    const column = nameMember(member);
    const limit = member === 'hardwareHash' ? hashLimit : identifierLimit;
    if (value.length > limit) return { key: 'valueTooLong', values: { column, limit } };
    if (member !== 'hardwareHash' && unprintable.test(value)) {
      return { key: 'valueUnprintable', values: { column } };
    }
  }
  return undefined;
}

/** The name of a member, as people call it in their language. */
export function nameMember(member: DeviceMember): Word {
  return { key: members[member] };
}
