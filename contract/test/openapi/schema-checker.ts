import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonSchema } from '@muster/contract/openapi/open-api-types';

/** Checks values against the schemas of an OpenAPI document. */
export interface SchemaChecker {
  /** Throws unless the value has exactly the members that the schema names. */
  fits(schema: JsonSchema, value: unknown, what: string): void;
}

/** `document` is any OpenAPI document whose schemas are its components. */
export function schemaChecker(document: {
  readonly components: { readonly schemas: object };
}): SchemaChecker {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'document', components: { schemas: close(document.components.schemas) } });
  return {
    fits(schema, value, what) {
      const closed = JSON.stringify(close(schema)).replaceAll('"#/components/', '"document#/components/');
      const validate = ajv.compile(JSON.parse(closed) as object);
      assert.ok(
        validate(JSON.parse(JSON.stringify(value))),
        `${what}: ${JSON.stringify(validate.errors)} in ${JSON.stringify(value)}`,
      );
    },
  };
}

/** The schema, with members it does not name forbidden: an answer must not say more than is documented. */
function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, close(value)]));
  return 'properties' in schema && schema.properties !== null && 'type' in schema
    ? { ...closed, additionalProperties: false }
    : closed;
}
