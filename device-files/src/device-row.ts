import type { MessageKey, MessageValues } from './file-error.ts';
import type { GivenColumns } from './recognise-column.ts';

/** A device as the API takes it. */
export interface SubmittedDevice {
  serialNumber?: string;
  productKey?: string;
  hardwareHash?: string;
  oemManufacturerName?: string;
  modelName?: string;
  policies?: { key: 'o_o_b_e'; value: string }[];
}

/** The members of a device that a file can hold as plain text. */
export type DeviceMember =
  | 'serialNumber'
  | 'productKey'
  | 'hardwareHash'
  | 'oemManufacturerName'
  | 'modelName';

/** Why a row cannot even be sent. */
export interface RowProblem {
  readonly key: MessageKey;
  readonly values: MessageValues;
}

/** A device of an input file, with its place and its original form. */
export interface DeviceRow {
  /** As the user named it; `-` for standard input. */
  readonly file: string;
  /** The line the row starts on; the first line is 1. */
  readonly line: number;
  readonly device: SubmittedDevice;
  /** The names of the columns, as written; for JSON, the canonical ones. */
  readonly columns: readonly string[];
  readonly cells: readonly string[];
  /** Set when the service would refuse the whole call for this row. */
  readonly problem: RowProblem | undefined;
}

/** What the reader noticed and did by itself. */
export type ReadNotice =
  | { readonly kind: 'columnsIgnored'; readonly file: string; readonly columns: readonly string[] }
  | { readonly kind: 'rowSkipped'; readonly file: string; readonly line: number }
  /** A hardware hash in another spelling, such as one that was encoded twice: the hash itself is used. */
  | { readonly kind: 'hashUnwrapped'; readonly file: string; readonly line: number };

/** One file that is being read. */
export interface FileReading {
  readonly file: string;
  readonly columns: GivenColumns | undefined;
  readonly onNotice: (notice: ReadNotice) => void;
}
