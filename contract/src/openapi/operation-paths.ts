import { musterNouns } from '../muster/muster-operations.ts';
import { servedOperations, type ServedOperationId } from '../partner-center/mfa-reports.ts';
import type { Operation } from '../partner-center/operations.ts';
import { clientRequestsOf, dryRunExamplesOf, requestExamplesOf, responseExamplesOf } from './examples.ts';
import { faultResponsesOf } from './fault-responses.ts';
import { responseHeaders } from './header-components.ts';
import type { ApiResponse, ExternalDocs, OpenApiDocument, OpenApiOperation } from './open-api-types.ts';
import { operationNotes } from './operation-notes.ts';
import { parametersOf } from './operation-parameters.ts';
import { jsonResponse, publishSchema } from './publish-schema.ts';

/** What the document says about an operation in addition to its row. */
interface Notes {
  readonly tag: string;
  readonly text: string;
  readonly externalDocs?: ExternalDocs;
}

/** The paths of the document, one for each row in the tables of Partner Center's API and Muster's own. */
export function operationPaths(): OpenApiDocument['paths'] {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  const add = (id: string, path: string, operation: Operation, notes: Notes): void => {
    const methods = (paths[path] ??= {});
    methods[operation.method.toLowerCase()] = toOpenApi(id, operation, notes);
  };
  for (const id of Object.keys(servedOperations) as ServedOperationId[]) {
    const operation: Operation = servedOperations[id];
    const externalDocs = { url: operation.reference, description: "Microsoft's reference" };
    add(id, `/v1${operation.path}`, operation, { ...operationNotes[id], externalDocs });
  }
  for (const { tag, operations } of musterNouns)
    for (const [id, operation] of Object.entries(operations))
      add(id, `/muster/v1${operation.path}`, operation, { tag, text: operation.description });
  return paths;
}

function toOpenApi(id: string, operation: Operation, { tag, text, externalDocs }: Notes): OpenApiOperation {
  return {
    operationId: id,
    tags: [tag],
    summary: operation.summary,
    description: `${text}\n\nRequires one of the roles: ${operation.roles.join(', ')}.`,
    ...(externalDocs && { externalDocs }),
    parameters: parametersOf(operation),
    ...(operation.body && { requestBody: requestBodyOf(id, operation.body) }),
    responses: {
      ...(operation.dryRun && { 200: dryRunResponse(id, operation.dryRun) }),
      [operation.success.status]: successOf(id, operation),
      ...faultResponsesOf(operation),
    },
  };
}

function requestBodyOf(
  id: string,
  body: NonNullable<Operation['body']>,
): NonNullable<OpenApiOperation['requestBody']> {
  const examples = requestExamplesOf(id);
  const clientExamples = clientRequestsOf(id);
  if (!examples) throw new Error(`${id} takes a body, but there is no example of one.`);
  return {
    required: true,
    description:
      'Member names are case-insensitive, and enums are accepted in any spelling shown in `x-client-examples`. Null, an empty string for an identifier, and the date 0001-01-01 are treated as absent. Unknown members are ignored. The content type is ignored. The encoding is UTF-8, with or without a byte order mark; the body can be compressed with gzip (Content-Encoding).',
    content: {
      'application/json': {
        schema: publishSchema(body),
        examples,
        ...(clientExamples && { 'x-client-examples': clientExamples }),
      },
    },
  };
}

function dryRunResponse(id: string, schema: NonNullable<Operation['dryRun']>): ApiResponse {
  return jsonResponse('With `dryRun=true`: what the call would do.', schema, dryRunExamplesOf(id));
}

const successTexts = {
  200: 'Done.',
  202: 'Accepted. The body is empty.',
  204: 'Deleted.',
} as const;

function successOf(id: string, { success, method, path }: Operation): ApiResponse {
  const description = successTexts[success.status];
  const headers = [
    ...(success.status === 202 ? ['Location'] : []),
    'isMfaCompliant',
    'Muster-Notice',
    ...(path.includes('{customerId}') ? ['Muster-Customer-Claimed'] : []),
    ...(method === 'GET' ? [] : ['Muster-Replayed']),
  ];
  return success.body
    ? jsonResponse(
        success.status === 202 ? 'Accepted.' : description,
        success.body,
        responseExamplesOf(id),
        ...headers,
      )
    : { description, headers: responseHeaders(...headers) };
}
