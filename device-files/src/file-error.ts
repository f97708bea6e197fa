/** What can be said about a file or a row. Each program words it in its user's language. */
export type MessageKey = FileFault | RowMessage | MemberName;

/** Why a file cannot be read at all. */
export type FileFault =
  | 'fileEmpty'
  | 'fileWithoutDevices'
  | 'fileBinary'
  | 'fileIsWorkbook'
  | 'fileIsCompressed'
  | 'fileIsOther'
  | 'badEncoding'
  | 'lineTooLong'
  | 'unknownHeader'
  | 'columnNotFound'
  | 'repeatedColumn'
  | 'unidentifiableHeader'
  | 'unclosedQuote'
  | 'strayQuote'
  | 'swallowedRows'
  | 'mixedSeparators'
  | 'badJson'
  | 'jsonNotDevices'
  | 'jsonAmbiguous';

type RowMessage =
  | 'tooManyCells'
  | 'tooFewCells'
  | 'cellWithoutColumn'
  | 'valueInvisible'
  | 'valueQuoted'
  | 'valueSeparator'
  | 'valueFormula'
  | 'valueRounded'
  | 'memberTwice'
  | 'valueTooLong'
  | 'valueUnprintable'
  | 'valueNotText'
  | 'checkMissingKey'
  | 'checkOpaqueHash'
  | 'checkPlaceholder'
  | 'checkDiffers'
  | 'checkDuplicate'
  | 'hashNotBase64'
  | 'hashTooShort'
  | 'hashTruncated'
  | 'hashChecksum'
  | 'hashNoSerialNumber'
  | 'hashNoManufacturer';

type MemberName =
  | 'memberSerialNumber'
  | 'memberProductKey'
  | 'memberHardwareHash'
  | 'memberManufacturer'
  | 'memberModel';

/** A value that is itself a word to be said in the user's language. */
export interface Word {
  readonly key: MessageKey;
}

export type MessageValues = Readonly<Record<string, string | number | Word | readonly Word[]>>;

/** A file that cannot be read as a whole. `values` names the file and, where there is one, the line. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly key: FileFault;
  readonly values: MessageValues;

  constructor(key: FileFault, values: MessageValues) {
    super(key);
    this.key = key;
    this.values = values;
  }
}
