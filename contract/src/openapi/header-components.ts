import { exampleValues } from './examples.ts';
import type { Components, Parameter, Reference } from './open-api-types.ts';

const text = { type: 'string' } as const;
const requestId = 'e88d014d-ab70-41de-90a0-f7fd1797267d';
const correlationId = 'de894e18-f027-4ac0-8b5a-34f0c222af0c';

/** Request headers that every operation reads. None has to be sent. */
export const headerParameters = {
  MsRequestId: {
    name: 'MS-RequestId',
    in: 'header',
    description:
      'The id of this call, the same on every repeat of it. A repeat within 24 hours (same caller, method, path, body and id) is answered as the first was. Made by the service when absent.',
    schema: { type: 'string', maxLength: 128 },
    'x-example': requestId,
  },
  MsCorrelationId: {
    name: 'MS-CorrelationId',
    in: 'header',
    description: 'The id of a conversation. In every log line. Made by the service when absent.',
    schema: { type: 'string', maxLength: 128 },
    'x-example': correlationId,
  },
  MsCv: {
    name: 'MS-CV',
    in: 'header',
    description: 'A correlation vector; the answer continues it.',
    schema: { type: 'string', maxLength: 120 },
    'x-example': 'YrLe3w6BbUSMt1fi.0',
  },
  XLocale: {
    name: 'X-Locale',
    in: 'header',
    description: 'The language of fault descriptions: zh-TW (any traditional Chinese), otherwise en-US.',
    schema: text,
    'x-example': 'en-US',
  },
} as const satisfies Record<string, Parameter>;

/** Response headers. The first four are on every answer, the rest where they are named. */
export const headerComponents: Components['headers'] = {
  'MS-RequestId': { description: 'As it was sent, or made.', schema: text, example: requestId },
  'MS-CorrelationId': { description: 'As it was sent, or made.', schema: text, example: correlationId },
  'MS-CV': {
    description: 'Continues the vector that was sent.',
    schema: text,
    example: 'YrLe3w6BbUSMt1fi.0.0',
  },
  'MS-ServerId': { description: 'The node that answered: nine digits.', schema: text, example: '030020344' },
  Location: {
    description: 'Where the job is: relative, without `/v1`, as every client takes it apart.',
    schema: text,
    example: `/customers/${exampleValues.customerId}/batchJobStatus/${exampleValues.trackingId}`,
  },
  'Retry-After': {
    description: 'Whole seconds to wait.',
    schema: { type: 'string', pattern: '^[0-9]+$' },
    example: '57',
  },
  'WWW-Authenticate': {
    description: 'That a bearer token is wanted.',
    schema: text,
    example: 'Bearer realm="urn:muster", error="invalid_token"',
  },
};

/**
 * References to the headers of a response: these, then those that every response has. Some generated clients return the
 * first header alone.
 */
export function responseHeaders(...names: string[]): Readonly<Record<string, Reference>> {
  const all = [...names, 'MS-RequestId', 'MS-CorrelationId', 'MS-CV', 'MS-ServerId'];
  return Object.fromEntries(all.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
