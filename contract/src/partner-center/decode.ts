import type { TSchema } from '../schema.ts';
import { isEmptyAbsent } from '../text.ts';
import { readWireEnum, readWireFlags, wireEnumValues, wireFlagsValues } from './wire-enum.ts';

/** What .NET clients send for a date that is not set (`docs/wire.md` 3). */
const unsetDate = /^0001-01-01T00:00:00/;

/**
 * Reads a request body the way clients of Partner Center write it (`docs/wire.md` 3): member names are case-insensitive,
 * of members that differ only in case the first one counts, unknown members are ignored, null and unset dates are
 * absent, and enums can have any spelling. Returns a new value with the names of the schema. A value of the wrong type
 * is passed on unchanged, so that the validator can report it. Never throws.
 */
export function decode(schema: TSchema, input: unknown): unknown {
  const shape = schema as Shape;
  const values = wireEnumValues(schema);
  if (values) return readWireEnum(values, input);
  const flags = wireFlagsValues(schema);
  if (flags) return readWireFlags(flags, input);
  if (shape.type === 'array' && shape.items && Array.isArray(input)) {
    const items = shape.items;
    return input.map((item: unknown) => decode(items, item));
  }
  if (shape.type === 'object' && shape.properties && isRecord(input))
    return decodeObject(shape.properties, input);
  return input;
}

function decodeObject(properties: Record<string, TSchema>, input: Record<string, unknown>): object {
  const names = namesByFoldedName(properties);
  const output: Record<string, unknown> = {};
  for (const key of Object.keys(input)) {
    const name = names.get(key) ?? names.get(key.toLowerCase());
    const schema = name === undefined ? undefined : properties[name];
    if (name === undefined || schema === undefined || output[name] !== undefined) continue;
    if (isAbsent(schema, input[key])) continue;
    output[name] = decode(schema, input[key]);
  }
  return output;
}

function isAbsent(schema: TSchema, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'string') return false;
  return value === '' ? isEmptyAbsent(schema) : value.length < 40 && unsetDate.test(value);
}

const foldedNames = new WeakMap<object, Map<string, string>>();

function namesByFoldedName(properties: Record<string, TSchema>): Map<string, string> {
  let names = foldedNames.get(properties);
  if (!names) {
    names = new Map(Object.keys(properties).map((name) => [name.toLowerCase(), name]));
    foldedNames.set(properties, names);
  }
  return names;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parts of a JSON schema that `decode` uses. */
interface Shape {
  readonly type?: string;
  readonly items?: TSchema;
  readonly properties?: Record<string, TSchema>;
}
