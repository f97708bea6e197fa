import { Type } from 'typebox';
import { markEmptyAbsent } from '../text.ts';

/** Marks on schemas. Symbols, because TypeBox copies a schema to make it optional, and no validator or document sees them. */
const enumValues = Symbol('enumValues');
const flagValues = Symbol('flagValues');

/**
 * An enum of the wire: written in snake case, read in any of the forms of `docs/wire.md` 3
 * (`o_o_b_e`, `OOBE`, `oobe`, or the number of its place in `values`); `""` is absent.
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

/** The wire's spelling of what a client sent; the input itself when it is none of the values, for the validator to name. */
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
 * A set of values of the wire, written as a list of snake-case names in the order of `values`. Read as a list whose
 * items may be names in any form, numbers whose bits are places in `values`, or several names in one text
 * (`"RemoveOemPreinstalls, SkipEula"`: `docs/wire.md` 3). `none`, 0 and empty texts add nothing.
 */
export function WireFlags<const V extends readonly string[]>(values: V, description: string) {
  const item = Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });
  return Type.Array(item, { description, [flagValues]: values });
}

/** The values of a `WireFlags`, in the order of their bits; undefined for any other schema. */
export function wireFlagsValues(schema: object): readonly string[] | undefined {
  return (schema as { [flagValues]?: readonly string[] })[flagValues];
}

/** The wire's spelling of the values a client sent, each once and in order; what is no value stays, for the validator to name. */
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
