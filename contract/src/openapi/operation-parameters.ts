import type { TSchema } from 'typebox';
import type { Operation } from '../partner-center/operations.ts';
import { exampleValues } from './examples.ts';
import { headerParameters } from './header-components.ts';
import type { Parameter, Reference } from './open-api-types.ts';
import { publishSchema } from './publish-schema.ts';

const guid = { type: 'string', format: 'uuid' } as const;

const pathParameters: Readonly<Record<string, Pick<Parameter, 'description' | 'schema' | 'example'>>> = {
  customerId: { description: 'The customer tenant.', schema: guid, example: exampleValues.customerId },
  batchId: {
    description: 'The batch, percent-encoded, in any letter case.',
    schema: { type: 'string', minLength: 1, maxLength: 256 },
    example: exampleValues.batchId,
  },
  trackingId: {
    description: 'The job: the last part of the Location header.',
    schema: guid,
    example: exampleValues.trackingId,
  },
  deviceId: { description: 'The registered device.', schema: guid, example: exampleValues.deviceId },
  policyId: { description: 'The configuration policy.', schema: guid, example: exampleValues.policyId },
};

const optionalExamples: Readonly<Record<string, string>> = {
  'MS-ContinuationToken': exampleValues.continuationToken,
  'If-Match': exampleValues.etag,
  size: '100',
  seekOperation: 'First',
  filter: '{"Field":"CompanyName","Value":"Fab","Operator":"starts_with"}',
};

/** What a request to an operation can carry beside its body: path, own headers and query, and the headers of all. */
export function parametersOf(operation: Operation): readonly (Parameter | Reference)[] {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']): Parameter => {
    const parameter = pathParameters[name];
    if (!parameter) throw new Error(`The path parameter ${name} is not described.`);
    return { name, in: 'path', required: true, ...parameter };
  });
  return [
    ...inPath,
    ...optionalParameters(operation.headers, 'header'),
    ...optionalParameters(operation.query, 'query'),
    ...headerReferences,
  ];
}

/** The headers that every operation reads. */
export const headerReferences: readonly Reference[] = Object.keys(headerParameters).map((name) => ({
  $ref: `#/components/parameters/${name}`,
}));

/** The members of a schema as parameters that may be left out. */
export function optionalParameters(schema: TSchema | undefined, place: 'header' | 'query'): Parameter[] {
  if (!schema) return [];
  const { properties } = schema as unknown as { properties: Record<string, TSchema> };
  return Object.entries(properties).map(([name, property]) => {
    const { description = '', ...rest } = publishSchema(property) as { description?: string };
    const example = optionalExamples[name];
    return {
      name,
      in: place,
      description,
      schema: rest,
      ...(example !== undefined && { 'x-example': example }),
    };
  });
}
