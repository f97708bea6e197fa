import type { DeviceMember } from './device-row.ts';

/** What a column holds. `extra` is known and not part of this API; `report` was added by our own failed-row report. */
export type ColumnMeaning = DeviceMember | 'extra' | 'report';

/**
 * The headers seen in the wild (`docs/domain.md` 2.2), without case, spaces and punctuation: Partner Center and its
 * template, Get-WindowsAutopilotInfo, Intune, Managed Desktop, and the members of the API's own JSON.
 */
const meanings: Readonly<Record<string, ColumnMeaning>> = {
  deviceserialnumber: 'serialNumber',
  serialnumber: 'serialNumber',
  serial: 'serialNumber',
  serialno: 'serialNumber',
  sn: 'serialNumber',
  servicetag: 'serialNumber',
  systemserialnumber: 'serialNumber',
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

/** No column has a longer name; a hardware hash, which every row is asked about, is far longer. */
const nameLengthMax = 64;

/** The columns our report adds; the reader ignores them when the report comes back. */
export const reportColumns = ['Error code', 'Error name', 'Remedy'] as const;

/** What a column of this name holds; undefined when nobody knows. */
export function recogniseColumn(name: string): ColumnMeaning | undefined {
  if (name.length > nameLengthMax) return undefined;
  const folded = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return Object.hasOwn(meanings, folded) ? meanings[folded] : undefined;
}

/** By what a column is the same in two files: the member of a device it holds, otherwise its name without case. */
export function foldColumn(name: string): string {
  const meaning = recogniseColumn(name);
  return isDeviceMember(meaning) ? meaning : name.trim().toLowerCase();
}

/**
 * Whether a row is a header: two of its cells name device data, or one does and every other cell that is not empty names
 * a known column.
 */
export function isHeader(cells: readonly string[]): boolean {
  const members = cells.filter((cell) => isDeviceMember(recogniseColumn(cell))).length;
  const isKnown = cells.every((cell) => recogniseColumn(cell) !== undefined || cell.trim() === '');
  return members > 1 || (isKnown && members === 1);
}

export function isDeviceMember(meaning: ColumnMeaning | undefined): meaning is DeviceMember {
  return meaning !== undefined && meaning !== 'extra' && meaning !== 'report';
}
