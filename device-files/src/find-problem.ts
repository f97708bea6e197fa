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
const failedFormula = /^(#([¡¿]?[\p{L}\p{M}_]+(\/[\p{L}\p{M}0]+)?[!?]?( .*)?|#+)|err:\d+|=.*|@\w+\(.*)$/isu;

/** What a spreadsheet or a script makes of a long number: `1.23457E+12`, `3305120004561.0`, or zeros after 15 digits. */
const reformattedNumber =
  /^(\d+([.,]\d+)?\s?E\s?\+\s?\d+|\d([.,]\d+)?E-\d{2,3}|\d+[.,]\d+E\d+|\d{4,}[.,]0+|[1-9]\d{0,2}([., '])\d{3}(\4\d{3}){2,}|[1-9]\d{14}00+)$/i;

const month = 'jan|feb|m(a|ä)?rz?|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]';

/** What a spreadsheet makes of `MAR3` or `1-2-24`: a date, with or without a time. */
const reformattedDate = new RegExp(
  [
    String.raw`\d{1,2}[-. ]{1,2}(${month})\p{L}*\.?([-. ]\d{2,4})?`,
    String.raw`(${month})\p{L}*[-. ]\d{2,4}`,
    String.raw`\d{1,2}/\d{1,2}/(\d{2}|\d{4})`,
    String.raw`\d{1,2}\.\d{1,2}\.\d{4}`,
    String.raw`\d{4}-\d{2}-\d{2}|\d{4}/\d{1,2}/\d{1,2}`,
  ]
    .map((date) => String.raw`^(${date})([ T]\d{1,2}:\d{2}.*)?$`)
    .join('|'),
  'iu',
);

/** What a program writes where it has no text for a value: the name of its type, or a truth value. */
const typeName =
  /^(system(\.\w+)+(\[\])?|microsoft(\.\w+){2,}|\[object \w+\]|@\{.*\}|<[\w.]+ object at .*>|nan|true|false|wahr|falsch|vrai|faux|verdadero|falso)$/is;

/** UTF-8 that was read as Windows-1252: `CafÃ©`. */
const misreadUtf8 = /[\u00C2\u00C3][\u0080-\u00BF]/u;

/** Serial numbers in firmware, and product keys, are printable ASCII: another character was put in by a program. */
const nonAscii = /[^\x20-\x7E]/;

/** The rest of a company's name behind a comma: the comma has shifted the values of the row. */
const companyForm =
  /^(co|corp|corporation|inc|incorporated|ltd|limited|llc|l\.l\.c|lp|plc|gmbh|ag|kg|s\.?a|s\.?r\.?l|b\.?v|n\.?v|k\.?k|pte|pty)\.?(,? ?(ltd|limited|kg)\.?)?$/i;

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
  if (typeName.test(value)) return 'valueObject';
  if (misreadUtf8.test(value)) return 'valueGarbled';
  if (member !== 'oemManufacturerName' && companyForm.test(value)) return 'valueShifted';
  if (member === 'oemManufacturerName' || member === 'modelName') return undefined;
  if (nonAscii.test(value)) return 'valueGarbled';
  return reformattedNumber.test(value) || reformattedDate.test(value) ? 'valueRounded' : undefined;
}

/** The name of a member, as people call it in their language. */
export function nameMember(member: DeviceMember): Word {
  return { key: members[member] };
}
