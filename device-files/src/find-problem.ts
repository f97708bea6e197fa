import type { DeviceMember, RowProblem, SubmittedDevice } from './device-row.ts';
import type { MessageKey, Word } from './file-error.ts';

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

/**
 * What nobody sees: zero-width characters and direction marks, fillers, separators, spaces other than the ordinary one;
 * and the mark of a lost character.
 */
const invisible =
  /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800\uFFFC\uFFFD]|(?! )\p{Zs}/u;

/** A quotation mark at the start of a value: one of another dialect's, or what is left of a broken pair. */
const strayQuote = /^["'`´\p{Pi}\p{Pf}„‚「『〝＂＇]/u;

/** A separator at the start or end of a value: one of another dialect's, or of a broken row. */
const straySeparator = /^[,;|\t]|[,;|\t]$/;

/** What spreadsheets put in a cell whose formula failed, in any language, or that is too narrow. */
const failedFormula = /^(#([¡¿]?[\p{L}\p{M}_]+(\/[\p{L}\p{M}0]+)?[!?]?( .*)?|#+)|err:\d+|=.*)$/isu;

/** What a spreadsheet or a script makes of a long number: `1.23457E+12`, `3305120004561.0`, or zeros after 15 digits. */
const reformattedNumber =
  /^(\d+([.,]\d+)?\s?E\s?\+\s?\d+|\d+[.,]\d+E\d+|\d{6,}[.,]0+|[1-9]\d{0,2}([., '])\d{3}(\3\d{3}){2,}|[1-9]\d{14}00+)$/i;

/** Why a row cannot be sent, or cannot be read with certainty; undefined when all is well. */
export function findProblem(device: SubmittedDevice): RowProblem | undefined {
  const given = (Object.keys(members) as DeviceMember[]).flatMap((member) => {
    const value = device[member];
    return value === undefined ? [] : [{ member, value, column: nameMember(member) }];
  });
  for (const { member, value, column } of given) {
    const limit = member === 'hardwareHash' ? hashLimit : identifierLimit;
    if (value.length > limit) return { key: 'valueTooLong', values: { column, limit } };
    if (member !== 'hardwareHash' && unprintable.test(value))
      return { key: 'valueUnprintable', values: { column } };
  }
  for (const { member, value, column } of given) {
    const key = member === 'hardwareHash' ? undefined : findDamage(member, value);
    if (key) return { key, values: { column, value: value.replaceAll(/[\p{C}]/gu, '?').slice(0, 60) } };
  }
  return undefined;
}

/** What happened to a value on its way through other programs, as far as it shows. */
function findDamage(member: DeviceMember, value: string): MessageKey | undefined {
  if (invisible.test(value)) return 'valueInvisible';
  if (strayQuote.test(value)) return 'valueQuoted';
  if (straySeparator.test(value)) return 'valueSeparator';
  if (failedFormula.test(value)) return 'valueFormula';
  const isNumber = member === 'serialNumber' || member === 'productKey';
  return isNumber && reformattedNumber.test(value) ? 'valueRounded' : undefined;
}

/** The name of a member, as people call it in their language. */
export function nameMember(member: DeviceMember): Word {
  return { key: members[member] };
}
