import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import type { TSchema } from '@muster/contract/schema';

const ajv = new Ajv({ strict: false, allErrors: true });

/** Checks that an answer is exactly what the contract says: nothing missing, nothing more, nothing null. */
export function assertFits(schema: TSchema, body: unknown): void {
  const validate = ajv.compile(close(schema) as object);
  assert.ok(validate(body), `${JSON.stringify(validate.errors)} in ${JSON.stringify(body)}`);
}

/** The schema, with members it does not name forbidden. */
function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, close(value)]));
  return 'properties' in schema ? { ...closed, additionalProperties: false } : closed;
}
