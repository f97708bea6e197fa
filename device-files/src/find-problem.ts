import type { MessageKey, Word } from './file-error.ts';
import type { DeviceMember, RowProblem, SubmittedDevice } from './device-row.ts';

/** The service's own limits: a value over them makes it refuse the whole call, not only the device. */
const identifierLimit = 256;

/** Four times the longest hash seen (`docs/domain.md` 2.6), so that a thousand of them stay far below the call's limit. */
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

/** What nobody sees: zero-width and direction marks, separators, spaces other than the ordinary one; and a lost character. */
const invisible = /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\uFFFD]|(?! )\p{Zs}/u;

/** What spreadsheets put in a cell whose formula failed, in any language, or that is too narrow. */
const failedFormula = /^#(N\/A|NV|N\/D|[\p{Lu}_]+(\/0)?[!?]|#+)$/u;

/** What a spreadsheet makes of a long number: `1.23457E+12`. */
const rounded = /^\d+([.,]\d+)?E\+\d+$/i;

/** Why the service would refuse a call with this device in it; undefined when it would not. */
export function findProblem(device: SubmittedDevice): RowProblem | undefined {
  for (const member of Object.keys(members) as DeviceMember[]) {
    const value = device[member];
    if (value === undefined) continue;
    const column = nameMember(member);
    const limit = member === 'hardwareHash' ? hashLimit : identifierLimit;
    if (value.length > limit) return { key: 'valueTooLong', values: { column, limit } };
    if (member === 'hardwareHash') continue;
    const key = findDamage(member, value);
    if (key) return { key, values: { column, value: value.replaceAll(/[\p{C}]/gu, '?').slice(0, 60) } };
  }
  return undefined;
}

/** A quotation mark at the start of a value: one of another dialect's, or what is left of a broken pair. */
const strayQuote = /^["“”„«]/u;

/** What happened to a value on its way through other programs, as far as it shows. */
function findDamage(member: DeviceMember, value: string): MessageKey | undefined {
  if (unprintable.test(value)) return 'valueUnprintable';
  if (invisible.test(value)) return 'valueInvisible';
  if (strayQuote.test(value)) return 'valueQuoted';
  if (/^[;|]|[;|]$/.test(value)) return 'valueSeparator';
  if (failedFormula.test(value) || value.startsWith('=')) return 'valueFormula';
  const isNumber = member === 'serialNumber' || member === 'productKey';
  return isNumber && rounded.test(value) ? 'valueRounded' : undefined;
}

/** The name of a member, as people call it in their language. */
export function nameMember(member: DeviceMember): Word {
  return { key: members[member] };
}
