import { Type } from '../schema.ts';
import { markEmptyAbsent } from '../text.ts';

/** Markers on schemas. They are symbols, so copies of the schema keep them, and validators and documents ignore them. */
const enumValues = Symbol('enumValues');
const flagValues = Symbol('flagValues');

/**
 * An enum of the API. It is written in snake case and read in any of the forms in `docs/wire.md` 3
 * (`o_o_b_e`, `OOBE`, `oobe`, or its index in `values`). `""` means absent.
 */
export function WireEnum<const V extends readonly string[]>(values: V, description: string) {
  return markEmptyAbsent(
    Type.Unsafe<V[number]>({ type: 'string', enum: [...values], description, [enumValues]: values }),
  );
}

/** The values of a `WireEnum`, in the order of their numbers; undefined for any other schema. */
export function wireEnumValues(schema: object): readonly string[] | undefined {
  return (schema as { [enumValues]?: readonly string[] })[enumValues];
}

/** The canonical spelling of what a client sent. Input that is not one of the values is returned for the validator to report. */
export function readWireEnum(values: readonly string[], input: unknown): unknown {
  if (typeof input === 'number') return values[input] ?? input;
  if (typeof input !== 'string') return input;
  const folded = fold(input);
  return values.find((value) => fold(value) === folded) ?? input;
}

function fold(text: string): string {
  return text.replaceAll('_', '').trim().toLowerCase();
}

/**
 * A set of enum values. It is written as a list of snake-case names in the order of `values`. Read as a list whose items
 * are names in any form, numbers whose bits are indexes in `values`, or several names in one string
 * (`"RemoveOemPreinstalls, SkipEula"`; see `docs/wire.md` 3). `none`, 0 and empty strings add nothing.
 */
export function WireFlags<const V extends readonly string[]>(values: V, description: string) {
  const item = Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });
  return Type.Array(item, { description, [flagValues]: values });
}

/** The values of a `WireFlags`, in the order of their bits; undefined for any other schema. */
export function wireFlagsValues(schema: object): readonly string[] | undefined {
  return (schema as { [flagValues]?: readonly string[] })[flagValues];
}

/** The canonical spelling of the values that a client sent, each once and in order, then any others for the validator to report. */
export function readWireFlags(values: readonly string[], input: unknown): unknown {
  const given = (Array.isArray(input) ? input : [input]).flatMap((item: unknown) => readFlag(values, item));
  const unknown = given.filter((item) => typeof item !== 'string' || !values.includes(item));
  return [...values.filter((value) => given.includes(value)), ...unknown];
}

function readFlag(values: readonly string[], item: unknown): unknown[] {
  if (typeof item === 'number') {
    const isKnown = Number.isInteger(item) && item >= 0 && item < 2 ** values.length;
    return isKnown ? values.filter((_, bit) => (item & (1 << bit)) !== 0) : [item];
  }
  if (typeof item !== 'string') return [item];
  return item
    .split(',')
    .filter((name) => fold(name) !== 'none' && fold(name) !== '')
    .map((name) => readWireEnum(values, name));
}
