import type { DeviceMember } from './device-row.ts';

/** What a column holds. `extra` is known and not part of this API; `report` was added by our own failed-row report. */
export type ColumnMeaning = DeviceMember | 'extra' | 'report';

/**
 * The headers seen in the wild (`docs/domain.md` 2.2), without case, spaces and punctuation: Partner Center and its
 * template, Get-WindowsAutopilotInfo, Intune, Managed Desktop, WMI, the members of the API's own JSON, and the names in
 * our own messages.
 */
const meanings: Readonly<Record<string, ColumnMeaning>> = {
  deviceserialnumber: 'serialNumber',
  serialnumber: 'serialNumber',
  serial: 'serialNumber',
  serialno: 'serialNumber',
  sn: 'serialNumber',
  servicetag: 'serialNumber',
  systemserialnumber: 'serialNumber',
  biosserialnumber: 'serialNumber',
  identifyingnumber: 'serialNumber',
  windowsproductid: 'productKey',
  productid: 'productKey',
  productkey: 'productKey',
  productkeyid: 'productKey',
  pkid: 'productKey',
  hardwarehash: 'hardwareHash',
  devicehash: 'hardwareHash',
  hardwareidentifier: 'hardwareHash',
  devicehardwaredata: 'hardwareHash',
  devicehardwarehash: 'hardwareHash',
  manufacturername: 'oemManufacturerName',
  manufacturer: 'oemManufacturerName',
  make: 'oemManufacturerName',
  systemmanufacturer: 'oemManufacturerName',
  devicemanufacturer: 'oemManufacturerName',
  oemmanufacturername: 'oemManufacturerName',
  oemmanufacturer: 'oemManufacturerName',
  devicemodel: 'modelName',
  model: 'modelName',
  systemmodel: 'modelName',
  modelname: 'modelName',
  devicemodelname: 'modelName',
  grouptag: 'extra',
  orderid: 'extra',
  orderidentifier: 'extra',
  purchaseorderidentifier: 'extra',
  assigneduser: 'extra',
  assigneduserprincipalname: 'extra',
  errorcode: 'report',
  errorname: 'report',
  remedy: 'report',
};

/** The names in other languages, as Windows and Intune show them: serial number, manufacturer, model; then what they lack. */
const translations: readonly (readonly [serialNumber: string, manufacturer: string, model: string])[] = [
  ['Seriennummer', 'Hersteller', 'Modell'],
  ['Numéro de série', 'Fabricant', 'Modèle'],
  ['Número de serie', 'Fabricante', 'Modelo'],
  ['Número de série', 'Fabricante', 'Modelo'],
  ['Numero di serie', 'Produttore', 'Modello'],
  ['Serienummer', 'Fabrikant', 'Model'],
  ['Serienummer', 'Tillverkare', 'Modell'],
  ['Numer seryjny', 'Producent', 'Model'],
  ['Серийный номер', 'Изготовитель', 'Модель'],
  ['シリアル番号', '製造元', 'モデル'],
  ['シリアルナンバー', 'メーカー', '機種'],
  ['일련 번호', '제조업체', '모델'],
  ['序列号', '制造商', '型号'],
  ['序號', '製造商', '型號'],
  ['裝置序號', '裝置製造商', '裝置型號'],
];

const allMeanings: ReadonlyMap<string, ColumnMeaning> = new Map([
  ...translations.flatMap(([serialNumber, manufacturer, model]): [string, ColumnMeaning][] => [
    [foldLetters(serialNumber), 'serialNumber'],
    [foldLetters(manufacturer), 'oemManufacturerName'],
    [foldLetters(model), 'modelName'],
  ]),
  ['產品金鑰', 'productKey'],
  ['硬體雜湊', 'hardwareHash'],
  ...Object.entries(meanings),
]);

/** No column has a longer name; a hardware hash, which every row is asked about, is far longer. */
const nameLengthMax = 64;

/** The columns our report adds; the reader ignores them when the report comes back. */
export const reportColumns = ['Error code', 'Error name', 'Remedy'] as const;

/** The columns that the user named: the content of each, by its name as returned by `foldName`. */
export type GivenColumns = ReadonlyMap<string, DeviceMember>;

/** Names are compared without case and white space around them. */
export function foldName(name: string): string {
  return name.trim().toLowerCase();
}

/** A name without case, spaces, punctuation and accents. */
function foldLetters(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/**
 * What a column of this name holds; undefined when nobody knows. What the user said counts first, and a column that
 * would hold the same as one that the user named holds nothing.
 */
export function recogniseColumn(name: string, given?: GivenColumns): ColumnMeaning | undefined {
  if (name.length > nameLengthMax) return undefined;
  const known = allMeanings.get(foldLetters(name));
  if (!given) return known;
  const isTaken = isDeviceMember(known) && [...given.values()].includes(known);
  return given.get(foldName(name)) ?? (isTaken ? 'extra' : known);
}

/**
 * By what the columns of two files are the same: the member of a device they hold, otherwise their names; further
 * columns of one name are told apart.
 */
export function columnKeys(columns: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return columns.map((column) => {
    const meaning = recogniseColumn(column);
    const key = isDeviceMember(meaning) ? meaning : foldName(column);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? key : `${key} ${count}`;
  });
}

export function isDeviceMember(meaning: ColumnMeaning | undefined): meaning is DeviceMember {
  return meaning !== undefined && meaning !== 'extra' && meaning !== 'report';
}
