import type { TSchema } from '../schema.ts';
import type { Operation } from '../partner-center/operations.ts';
import { exampleValues } from './examples.ts';
import { headerParameters, rehearsalParameters } from './header-components.ts';
import type { Parameter, Reference } from './open-api-types.ts';
import { publishSchema } from './publish-schema.ts';

const guid = { type: 'string', format: 'uuid' } as const;

const pathParameters: Readonly<Record<string, Pick<Parameter, 'description' | 'schema' | 'example'>>> = {
  customerId: {
    description: 'The tenant ID of the customer.',
    schema: guid,
    example: exampleValues.customerId,
  },
  batchId: {
    description: 'The ID of the batch, percent-encoded. Not case-sensitive.',
    schema: { type: 'string', minLength: 1, maxLength: 256 },
    example: exampleValues.batchId,
  },
  trackingId: {
    description: 'The ID of the job: the last segment of the Location header.',
    schema: guid,
    example: exampleValues.trackingId,
  },
  deviceId: {
    description: 'The ID of the registered device.',
    schema: guid,
    example: exampleValues.deviceId,
  },
  endpointId: {
    description: 'The ID of the webhook endpoint.',
    schema: guid,
    example: exampleValues.endpointId,
  },
  eventId: {
    description: 'The ID of the event: the header `webhook-id` of its webhook.',
    schema: guid,
    example: exampleValues.eventId,
  },
  policyId: {
    description: 'The ID of the configuration policy.',
    schema: guid,
    example: exampleValues.policyId,
  },
};

const optionalExamples: Readonly<Record<string, string>> = {
  'MS-ContinuationToken': exampleValues.continuationToken,
  'If-Match': exampleValues.etag,
  dryRun: 'true',
  size: '100',
  seekOperation: 'First',
  limit: '1',
  cursor: exampleValues.cursor,
  customerId: exampleValues.customerId,
  batchId: exampleValues.batchId,
  state: 'finished',
  formerKeyHours: '24',
  type: 'ping',
  hasFailures: 'false',
  since: '2026-01-01T00:00:00Z',
  until: '2999-01-01T00:00:00Z',
  operation: 'createDeviceBatch',
  actor: 'Nightly upload',
  outcome: 'succeeded',
  policyId: exampleValues.policyId,
  filter: '{"Field":"CompanyName","Value":"Fab","Operator":"starts_with"}',
};

/** The parameters of an operation: its path, headers and query, and the headers that all operations read. */
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
    ...Object.keys(rehearsalParameters).map(referTo),
    ...headerReferences,
  ];
}

/** The headers that every operation reads. */
export const headerReferences: readonly Reference[] = Object.keys(headerParameters).map(referTo);

function referTo(name: string): Reference {
  return { $ref: `#/components/parameters/${name}` };
}

/** The members of a schema as optional parameters. */
export function optionalParameters(schema: TSchema | undefined, place: 'header' | 'query'): Parameter[] {
  if (!schema) return [];
  const { properties } = schema as unknown as { properties: Record<string, TSchema> };
  return Object.entries(properties).map(([name, property]) => {
    const { description = '', ...rest } = publishSchema(property) as {
      description?: string;
      enum?: readonly string[];
    };
    const usual = optionalExamples[name];
    // Two lists may have a filter of the same name.
    const example = usual !== undefined && rest.enum?.includes(usual) === false ? rest.enum[0] : usual;
    return {
      name,
      in: place,
      description,
      schema: rest,
      ...(example !== undefined && { 'x-example': example }),
    };
  });
}
