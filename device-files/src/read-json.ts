import type { DeviceMember, DeviceRow, FileReading, RowProblem, SubmittedDevice } from './device-row.ts';
import { FileError } from './file-error.ts';
import { findProblem, nameMember } from './find-problem.ts';
import { parseJson, type JsonObjects } from './parse-json.ts';
import { foldName, isDeviceMember, recogniseColumn } from './recognise-column.ts';
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

/**
 * The members that requests and responses hold devices in, in lower case: those of Partner Center and Microsoft Graph
 * (its batches of responses too), of OData, and the usual names of other tools.
 */
const wrapperNames = new Set([
  'devices',
  'device',
  'items',
  'value',
  'importedwindowsautopilotdeviceidentities',
  'windowsautopilotdeviceidentities',
  'importeddeviceidentities',
  'responses',
  'response',
  'body',
  'd',
  'data',
  'result',
  'results',
  'records',
  'rows',
]);

/** Members that are read, or that no device is the worse without: ids, counts and annotations of the responses. */
const quietNames = /^(policies|id|attributes|links|totalcount|batchid|@odata\..*)$/i;

/**
 * The devices of a JSON text: an array of them, one after another (NDJSON), or an object that holds them in a list,
 * as requests and responses of this API and of Microsoft Graph do. Member names are read like headers.
 */
export async function* readJson(
  reading: FileReading,
  text: AsyncIterable<string>,
): AsyncGenerator<DeviceRow> {
  const { file, onNotice } = reading;
  const reader = new JsonReader(reading);
  const toError = (fault: 'tooLong' | 'unfinished', line: number) =>
    fault === 'tooLong'
      ? new FileError('lineTooLong', { file, line, limit: valueLimit })
      : new FileError('badJson', { file, line });
  let count = 0;
  for await (const { line, text: json } of splitJson(text, { limit: valueLimit, toError })) {
    for (const row of reader.read(json, line)) {
      count += 1;
      yield row;
    }
  }
  if (count === 0) throw new FileError('fileWithoutDevices', { file });
  reader.checkColumns();
  if (reader.dropped.size > 0) onNotice({ kind: 'columnsIgnored', file, columns: [...reader.dropped] });
}

class JsonReader {
  readonly #reading: FileReading;
  /** The names of members that were not read. */
  readonly dropped = new Set<string>();
  readonly #missing: Set<string>;

  constructor(reading: FileReading) {
    this.#reading = reading;
    this.#missing = new Set(reading.columns?.keys());
  }

  /** The devices in a JSON text that starts on this line. */
  *read(json: string, line: number): Generator<DeviceRow> {
    const { file } = this.#reading;
    const parsed = parseJson(json, line);
    if (!parsed) throw new FileError(isJsonList(json) ? 'jsonNotDevices' : 'badJson', { file, line });
    for (const device of this.#unwrap(parsed.value, parsed.objects)) {
      if (!isObject(device)) throw new FileError('jsonNotDevices', { file, line });
      const row = this.#toRow(device, parsed.objects);
      if (unwrapHash(row.device)) this.#reading.onNotice({ kind: 'hashUnwrapped', file, line: row.line });
      yield row;
    }
  }

  /** Throws for a column that the user named and no object has. */
  checkColumns(): void {
    for (const column of this.#missing)
      throw new FileError('columnNotFound', { file: this.#reading.file, line: 1, column, found: '' });
  }

  /** The devices in an object that holds a list of them, at any depth, or the object itself. */
  #unwrap(value: unknown, objects: JsonObjects): readonly unknown[] {
    if (!isObject(value)) return [value];
    const members = Object.entries(value);
    const lists = members.filter(([name, member]) =>
      Array.isArray(member) ? member.some(isObject) : isWrapper(name) && this.#holdsDevices(member),
    );
    const known = lists.filter(([name]) => isWrapper(name));
    const isDevice = this.#isDevice(value);
    const isMap = !isDevice && members.some(([, member]) => isObject(member) && this.#holdsDevices(member));
    if (known.length === 0 && !isMap && (isDevice || lists.length === 0)) {
      const isEmpty = members.some(([name, member]) => isWrapper(name) && Array.isArray(member));
      return isEmpty && !isDevice ? [] : [value];
    }
    const at = objects.get(value);
    if (known.length !== 1 || isDevice || at?.repeated !== undefined) {
      const found = members.map(([name]) => name).join(', ');
      const { file } = this.#reading;
      throw new FileError('jsonAmbiguous', { file, line: at?.line ?? 1, found: found.slice(0, 200) });
    }
    for (const [name] of members)
      if (name !== known[0]?.[0] && (!quietNames.test(name) || /nextlink/i.test(name)))
        this.dropped.add(name);
    const inner: unknown = known[0]?.[1];
    return (Array.isArray(inner) ? inner : [inner]).flatMap((one) => this.#unwrap(one, objects));
  }

  #isDevice(value: object): boolean {
    return Object.entries(value).some(([name, member]) => this.#recognise(name) && !isCollection(member));
  }

  #holdsDevices(value: unknown): boolean {
    if (Array.isArray(value)) return value.some((member) => this.#holdsDevices(member));
    if (!isObject(value)) return false;
    return this.#isDevice(value) || Object.values(value).some((member) => this.#holdsDevices(member));
  }

  #recognise(name: string): DeviceMember | undefined {
    const meaning = recogniseColumn(name, this.#reading.columns);
    return isDeviceMember(meaning) ? meaning : undefined;
  }

  #toRow(value: object, objects: JsonObjects): DeviceRow {
    const { line = 1, repeated } = objects.get(value) ?? {};
    const device: SubmittedDevice = {};
    let problem: RowProblem | undefined;
    for (const [name, given] of Object.entries(value)) {
      this.#missing.delete(foldName(name));
      const member = this.#recognise(name);
      const text: unknown = typeof given === 'string' ? given.trim() : given;
      if (text === null || text === '') continue;
      if (member === undefined) {
        if (!quietNames.test(name)) this.dropped.add(name);
      } else if (typeof text !== 'string') problem ??= { key: 'valueNotText', values: named(member) };
      else if (name === repeated || (device[member] ?? text) !== text)
        problem ??= { key: 'memberTwice', values: named(member) };
      else device[member] = text;
    }
    const policies = readPolicies(value);
    if (policies.length > 0) device.policies = policies;
    const cells = order.map((member) => device[member] ?? '');
    const { file } = this.#reading;
    return { file, line, device, columns, cells, problem: problem ?? findProblem(device) };
  }
}

/** Whether a text is the inside of a JSON array, such as `"A1", "A2"`. */
function isJsonList(text: string): boolean {
  return parseJson(`[${text}]`, 1) !== undefined;
}

function named(member: DeviceMember): RowProblem['values'] {
  return { column: nameMember(member) };
}

function isWrapper(name: string): boolean {
  return wrapperNames.has(name.toLowerCase());
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

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isObject(value: unknown): value is object {
  return isCollection(value) && !Array.isArray(value);
}
