import type { TSchema } from '@muster/contract/schema';
import { RequestError } from '../../http/request-error.ts';
import { phraseOf } from '../../texts/phrase-of.ts';
import { createCheck } from '../check-shape.ts';

/** The part of a schema that describes how a parameter is written. */
interface Shape {
  readonly properties: Readonly<Record<string, { readonly type?: string }>>;
}

type Query = Readonly<Record<string, unknown>>;

/**
 * Reads queries by a schema: parameters as they are spelled there, numbers and booleans from their texts. What it reads
 * throws RequestError for a parameter that is unknown, repeated or wrong.
 */
export function createQueryReader(schema: TSchema): (query: Query) => Query {
  const { properties } = schema as unknown as Shape;
  const check = createCheck(schema);
  return (query) => {
    const read = Object.fromEntries(
      Object.entries(query).map(([name, value]) => [name, readValue(name, value, properties[name]?.type)]),
    );
    check(read);
    return read;
  };
}

/** The value of a parameter; a text that is none of its type stays a text, so that the check names it. */
function readValue(name: string, value: unknown, type: string | undefined): unknown {
  if (Array.isArray(value))
    throw new RequestError({
      kind: 'invalid-input',
      member: name.slice(0, 100),
      problem: phraseOf('givenTwice'),
    });
  if (type === 'integer' && typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
