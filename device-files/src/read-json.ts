import { FileError } from './file-error.ts';
import type { DeviceMember, DeviceRow, RowProblem, SubmittedDevice } from './device-row.ts';
import { findProblem, nameMember } from './find-problem.ts';
import { isDeviceMember, recogniseColumn } from './recognise-header.ts';
import { splitJson } from './split-json.ts';

/** Of one value: a whole request body with a thousand full hashes and room. */
const valueLimit = 67_108_864;

/** What devices of a JSON file look like as a row of CSV. */
const columns = [
  'Device Serial Number',
  'Windows Product ID',
  'Hardware Hash',
  'Manufacturer name',
  'Device model',
] as const;
const order = ['serialNumber', 'productKey', 'hardwareHash', 'oemManufacturerName', 'modelName'] as const;

/**
 * The devices of a JSON text: an array of them, one after another (NDJSON), or an object that holds them in `devices`,
 * `items` or `value`, as requests and answers of this API and of Microsoft Graph do. Member names are read like headers.
 */
export async function* readJson(file: string, text: AsyncIterable<string>): AsyncGenerator<DeviceRow> {
  let count = 0;
  const toError = (fault: 'tooLong' | 'unfinished', line: number) =>
    fault === 'tooLong'
      ? new FileError('lineTooLong', { file, line, limit: valueLimit })
      : new FileError('badJson', { file, line });
  for await (const value of splitJson(text, { limit: valueLimit, toError })) {
    const at = { file, line: value.line };
    for (const device of unwrap(parse(value.text, at))) {
      count += 1;
      yield toRow(device, at);
    }
  }
  if (count === 0) throw new FileError('fileWithoutDevices', { file });
}

interface Place {
  readonly file: string;
  readonly line: number;
}

function parse(text: string, at: Place): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FileError('badJson', { ...at });
  }
}

function unwrap(value: unknown): readonly unknown[] {
  if (!isObject(value)) return [value];
  const list = Object.entries(value).find(
    ([name, member]) => Array.isArray(member) && ['devices', 'items', 'value'].includes(name.toLowerCase()),
  );
  return list ? (list[1] as unknown[]) : [value];
}

function toRow(value: unknown, at: Place): DeviceRow {
  if (!isObject(value)) throw new FileError('jsonNotDevices', { ...at });
  const device: SubmittedDevice = {};
  let problem: RowProblem | undefined;
  for (const [name, member] of Object.entries(value)) {
    const meaning = recogniseColumn(name);
    if (!isDeviceMember(meaning) || member === null || member === '') continue;
    if (typeof member === 'string') device[meaning] = member.trim();
    else problem ??= notText(meaning);
  }
  const policies = readPolicies(value);
  if (policies.length > 0) device.policies = policies;
  return {
    ...at,
    device,
    columns,
    cells: order.map((member) => device[member] ?? ''),
    problem: problem ?? findProblem(device),
  };
}

function notText(member: DeviceMember): RowProblem {
  return { key: 'valueNotText', values: { column: nameMember(member) } };
}

/** The policies of a device, whatever the case of their names; those without an id assign nothing. */
function readPolicies(value: object): { key: 'o_o_b_e'; value: string }[] {
  const policies: unknown = Object.entries(value).find(([name]) => name.toLowerCase() === 'policies')?.[1];
  if (!Array.isArray(policies)) return [];
  return policies.filter(isObject).flatMap((policy) => {
    const id: unknown = Object.entries(policy).find(([name]) => name.toLowerCase() === 'value')?.[1];
    return typeof id === 'string' && id !== '' ? [{ key: 'o_o_b_e' as const, value: id }] : [];
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
