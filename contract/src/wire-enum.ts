import { Type } from 'typebox';

const enums = new WeakMap<object, readonly string[]>();

/**
 * An enum of the wire: written in snake case, read in any of the forms of `wire.md` 3
 * (`o_o_b_e`, `OOBE`, `oobe`, or the number of its place in `values`).
 */
export function WireEnum<const V extends readonly string[]>(values: V, description: string) {
  const schema = Type.Unsafe<V[number]>({ type: 'string', enum: [...values], description });
  enums.set(schema, values);
  return schema;
}

/** The values of a `WireEnum`, in the order of their numbers; undefined for any other schema. */
export function wireEnumValues(schema: object): readonly string[] | undefined {
  return enums.get(schema);
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
