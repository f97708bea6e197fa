import { servedOperations, type ServedOperationId } from '../partner-center/mfa-reports.ts';
import type { Operation } from '../partner-center/operations.ts';
import { clientRequestsOf, requestExamplesOf, responseExamplesOf } from './examples.ts';
import { faultResponsesOf } from './fault-responses.ts';
import { responseHeaders } from './header-components.ts';
import type { ApiResponse, OpenApiDocument, OpenApiOperation } from './open-api-types.ts';
import { operationNotes } from './operation-notes.ts';
import { parametersOf } from './operation-parameters.ts';
import { jsonResponse, publishSchema } from './publish-schema.ts';

/** The paths of the document for every row of the contract's table. */
export function operationPaths(): OpenApiDocument['paths'] {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const id of Object.keys(servedOperations) as ServedOperationId[]) {
    const operation: Operation = servedOperations[id];
    const methods = (paths[`/v1${operation.path}`] ??= {});
    methods[operation.method.toLowerCase()] = toOpenApi(id, operation);
  }
  return paths;
}

function toOpenApi(id: ServedOperationId, operation: Operation): OpenApiOperation {
  const { tag, text } = operationNotes[id];
  return {
    operationId: id,
    tags: [tag],
    summary: operation.summary,
    description: `${text}\n\nRoles, any of: ${operation.roles.join(', ')}.`,
    externalDocs: { url: operation.reference, description: "Microsoft's reference" },
    parameters: parametersOf(operation),
    ...(operation.body && { requestBody: requestBodyOf(id, operation.body) }),
    responses: { [operation.success.status]: successOf(id, operation), ...faultResponsesOf(operation) },
  };
}

function requestBodyOf(
  id: ServedOperationId,
  body: NonNullable<Operation['body']>,
): NonNullable<OpenApiOperation['requestBody']> {
  const examples = requestExamplesOf(id);
  const clientExamples = clientRequestsOf(id);
  if (!examples) throw new Error(`${id} takes a body, and there is no example of one.`);
  return {
    required: true,
    description:
      'Names are read in any letter case and enums in any of the spellings of `x-client-examples`; null, an empty text for an identifier, and the date 0001-01-01 mean absent; what is not named here is ignored. The content type is not looked at. UTF-8, with or without a byte order mark; gzip where Content-Encoding says so.',
    content: {
      'application/json': {
        schema: publishSchema(body),
        examples,
        ...(clientExamples && { 'x-client-examples': clientExamples }),
      },
    },
  };
}

const successTexts = {
  200: 'Done.',
  202: 'Accepted. The body is empty.',
  204: 'Deleted.',
} as const;

function successOf(id: ServedOperationId, { success }: Operation): ApiResponse {
  const description = successTexts[success.status];
  const headers = success.status === 202 ? ['Location'] : [];
  return success.body
    ? jsonResponse(description, success.body, responseExamplesOf(id), ...headers)
    : { description, headers: responseHeaders(...headers) };
}
