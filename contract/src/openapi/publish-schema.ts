import type { TSchema } from 'typebox';
import { namedSchemas } from './named-schemas.ts';
import type { JsonSchema } from './open-api-types.ts';

/** The names of schemas by their JSON: making a member optional copies a schema, so identity would not find it. */
const nameByText = new Map(
  Object.entries(namedSchemas).map(([name, schema]) => [JSON.stringify(schema), name]),
);

/** A schema of the contract as the document has it: plain JSON, with references to the schemas that have names. */
export function publishSchema(schema: TSchema): JsonSchema {
  return publish(toJson(schema)) as JsonSchema;
}

/** The components of the document: every named schema, written out. */
export function publishNamedSchemas(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(namedSchemas).map(([name, schema]) => [name, publishMembers(toJson(schema))]),
  );
}

function publish(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(publish);
  if (typeof value !== 'object' || value === null) return value;
  const name = nameByText.get(JSON.stringify(value));
  return name === undefined ? publishMembers(value) : { $ref: `#/components/schemas/${name}` };
}

function publishMembers(value: object): JsonSchema {
  // `$id` would change what references below it mean.
  const members = Object.entries(value).filter(([key]) => key !== '$id');
  return joinConstants(Object.fromEntries(members.map(([key, member]) => [key, publish(member)])));
}

/** A union of fixed texts is what everybody calls an enum. */
function joinConstants(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf)) return schema;
  const constants = (anyOf as readonly JsonSchema[]).map((one) => one.const);
  if (!constants.every((one) => typeof one === 'string')) return schema;
  return { type: 'string', enum: constants, ...rest };
}

/** JSON leaves the marks on schemas behind: they are symbols and hidden members. */
function toJson(schema: TSchema): object {
  return JSON.parse(JSON.stringify(schema)) as object;
}
