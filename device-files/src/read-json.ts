import { FileError } from './file-error.ts';
import type { DeviceMember, DeviceRow, ReadNotice, RowProblem, SubmittedDevice } from './device-row.ts';
import { findProblem, nameMember } from './find-problem.ts';
import { isDeviceMember, recogniseColumn } from './recognise-header.ts';
import { splitJson } from './split-json.ts';
import { unwrapHash } from './unwrap-hash.ts';

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

interface Options {
  readonly file: string;
  readonly onNotice: (notice: ReadNotice) => void;
}

/** The lists that requests and responses of Partner Center and Microsoft Graph hold devices in, in lower case. */
const listNames = new Set([
  'devices',
  'items',
  'value',
  'importedwindowsautopilotdeviceidentities',
  'windowsautopilotdeviceidentities',
  'importeddeviceidentities',
]);

/** Members that are read, or that no device is the worse without: ids, counts and annotations of the responses. */
const quietNames = /^(policies|id|attributes|links|totalcount|batchid|@odata\..*)$/i;

/**
 * The devices of a JSON text: an array of them, one after another (NDJSON), or an object that holds them in a list,
 * as requests and responses of this API and of Microsoft Graph do. Member names are read like headers.
 */
export async function* readJson(options: Options, text: AsyncIterable<string>): AsyncGenerator<DeviceRow> {
  const { file, onNotice } = options;
  const dropped = new Set<string>();
  let count = 0;
  const toError = (fault: 'tooLong' | 'unfinished', line: number) =>
    fault === 'tooLong'
      ? new FileError('lineTooLong', { file, line, limit: valueLimit })
      : new FileError('badJson', { file, line });
  for await (const value of splitJson(text, { limit: valueLimit, toError })) {
    const at = { file, line: value.line };
    for (const device of unwrap(parse(value.text, at), at, dropped)) {
      count += 1;
      const row = toRow(device, at, dropped);
      if (unwrapHash(row.device)) onNotice({ kind: 'hashUnwrapped', ...at });
      yield row;
    }
  }
  if (count === 0) throw new FileError('fileWithoutDevices', { file });
  if (dropped.size > 0) onNotice({ kind: 'columnsIgnored', file, columns: [...dropped] });
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

/** The devices in an object that holds a list of them, or the object itself. */
function unwrap(value: unknown, at: Place, dropped: Set<string>): readonly unknown[] {
  if (!isObject(value)) return [value];
  const members = Object.entries(value);
  const lists = members.filter(([, member]) => Array.isArray(member) && member.some(isObject));
  const known = lists.filter(([name]) => listNames.has(name.toLowerCase()));
  const isDevice = members.some(([name]) => isDeviceMember(recogniseColumn(name)));
  if (known.length === 0 && (isDevice || !lists.length)) {
    const isEmptyList = members.some(
      ([name, member]) => listNames.has(name.toLowerCase()) && Array.isArray(member),
    );
    return isEmptyList && !isDevice ? [] : [value];
  }
  if (known.length !== 1 || isDevice)
    throw new FileError('jsonAmbiguous', {
      ...at,
      found: members
        .map(([name]) => name)
        .join(', ')
        .slice(0, 200),
    });
  for (const [name] of members)
    if (name !== known[0]?.[0] && (!quietNames.test(name) || /nextlink/i.test(name))) dropped.add(name);
  return known[0]?.[1] as unknown[];
}

function toRow(value: unknown, at: Place, dropped: Set<string>): DeviceRow {
  if (!isObject(value)) throw new FileError('jsonNotDevices', { ...at });
  const device: SubmittedDevice = {};
  let problem: RowProblem | undefined;
  for (const [name, member] of Object.entries(value)) {
    const meaning = recogniseColumn(name);
    if (member === null || member === '') continue;
    if (!isDeviceMember(meaning)) {
      if (!quietNames.test(name)) dropped.add(name);
    } else if (typeof member !== 'string') problem ??= notText(meaning);
    else if (device[meaning] !== undefined && device[meaning] !== member.trim())
      problem ??= { key: 'memberTwice', values: { column: nameMember(meaning) } };
    else device[meaning] = member.trim();
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
