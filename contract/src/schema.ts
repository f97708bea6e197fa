import type { Type as TypeBox } from 'typebox';

export type { Static, TProperties, TSchema } from 'typebox';

type Options = Readonly<Record<string | symbol, unknown>>;
type Schema = Options;
type Properties = Readonly<Record<string, Schema>>;

/** Marks a member that may be left out. A symbol, so that neither a validator nor a document sees it. */
const isOptional = Symbol('optional');

function makeObject(properties: Properties, options: Options = {}): Schema {
  const required = Object.keys(properties).filter((name) => !(isOptional in (properties[name] ?? {})));
  return { type: 'object', ...(required.length > 0 && { required }), properties, ...options };
}

function makeOptional(schema: Schema): Schema {
  return { ...schema, [isOptional]: true };
}

/**
 * Writes JSON schemas with TypeBox's names and types. TypeBox's own code does the same for what is used here, but it is
 * some 370 modules: they took more than half of the time that the service needs to load.
 */
export const Type = {
  String: (options?: Options) => ({ type: 'string', ...options }),
  Integer: (options?: Options) => ({ type: 'integer', ...options }),
  Boolean: (options?: Options) => ({ type: 'boolean', ...options }),
  Literal: (value: string | number | boolean, options?: Options) => ({
    type: typeof value,
    const: value,
    ...options,
  }),
  Enum: (values: readonly string[], options?: Options) => ({ enum: values, ...options }),
  Array: (items: Schema, options?: Options) => ({ type: 'array', items, ...options }),
  Union: (anyOf: readonly Schema[], options?: Options) => ({ anyOf, ...options }),
  Record: (_: Schema, value: Schema, options?: Options) => ({
    type: 'object',
    patternProperties: { '^.*$': value },
    ...options,
  }),
  Unsafe: (schema: Schema) => ({ ...schema }),
  Optional: makeOptional,
  Object: makeObject,
  Partial: ({ properties }: { properties: Properties }, options?: Options) =>
    makeObject(
      Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, makeOptional(member)])),
      options,
    ),
} as unknown as Pick<
  typeof TypeBox,
  | 'Array'
  | 'Boolean'
  | 'Enum'
  | 'Integer'
  | 'Literal'
  | 'Object'
  | 'Optional'
  | 'Partial'
  | 'Record'
  | 'String'
  | 'Union'
  | 'Unsafe'
>;
