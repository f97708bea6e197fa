import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { decode, faultCatalog, operations, type Operation, type OperationId } from '@muster/contract';
import { openApiDocument } from '@muster/contract/openapi/open-api-document';
import type { ApiResponse, OpenApiOperation } from '@muster/contract/openapi/open-api-types';
import { schemaChecker } from './schema-checker.ts';

const document = openApiDocument('https://muster.example');
const { fits } = schemaChecker(document);
const everyOperation = Object.values(document.paths).flatMap((methods) => Object.values(methods));
const wireIds = Object.keys(operations) as OperationId[];

function find(id: string): OpenApiOperation {
  const found = everyOperation.find(({ operationId }) => operationId === id);
  assert.ok(found, `${id} is not in the document.`);
  return found;
}

function resolve(response: ApiResponse | { $ref: string }): ApiResponse {
  if (!('$ref' in response)) return response;
  const shared = document.components.responses[response.$ref.replace('#/components/responses/', '')];
  assert.ok(shared, response.$ref);
  return shared;
}

test('the document is valid OpenAPI 3.1, references included', async () => {
  const result = await new Validator().validate(
    JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
  );
  assert.deepEqual(result, { valid: true });
  const text = JSON.stringify(document);
  for (const [, path = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    let place: unknown = document;
    for (const part of path.split('/')) place = (place as Record<string, unknown>)[part];
    assert.ok(place, `${path} is referred to, and is not there.`);
  }
});

test('operation ids are unique, and every operation has summary, description and a declared tag', () => {
  assert.equal(new Set(everyOperation.map(({ operationId }) => operationId)).size, everyOperation.length);
  const declared = new Set(document.tags.map(({ name }) => name));
  for (const { operationId, summary, description, tags } of everyOperation) {
    assert.ok(summary.length > 10 && description.length > 10, operationId);
    assert.ok(tags.length === 1 && tags.every((tag) => declared.has(tag)), operationId);
  }
});

for (const id of wireIds) {
  const row: Operation = operations[id];

  test(`${id}: path, method, roles and Microsoft's page are those of the contract`, () => {
    const operation = document.paths[`/v1${row.path}`]?.[row.method.toLowerCase()];
    assert.equal(operation?.operationId, id);
    assert.equal(operation.externalDocs?.url, row.reference);
    for (const role of row.roles) assert.ok(operation.description.includes(role));
  });

  test(`${id}: every fault it can answer with is a documented response with an example`, () => {
    const { responses } = find(id);
    for (const fault of [
      ...row.faults,
      'Unauthorized',
      'RoleForbidden',
      'InternalError',
      'ServiceUnavailable',
    ] as const) {
      const { status, code } = faultCatalog[fault];
      const response = responses[status];
      assert.ok(response, `${fault}: no response ${status}`);
      const { description, content } = resolve(response);
      assert.ok(description.includes(`**${fault}** (code ${code})`), fault);
      const example = content?.['application/json']?.examples?.[fault];
      assert.partialDeepStrictEqual(example?.value, { code });
      assert.doesNotMatch(JSON.stringify(example), /[{]\w+[}]/, 'a place was not filled');
    }
    assert.ok(responses['429']);
  });

  test(`${id}: a request in any client's spelling, once read, fits the documented schema`, () => {
    const media = find(id).requestBody?.content['application/json'];
    assert.equal(media !== undefined, row.body !== undefined);
    if (!media || !row.body) return;
    const examples = Object.values({ ...media.examples, ...media['x-client-examples'] });
    assert.ok(examples.length >= 2);
    for (const { value, summary } of examples) fits(media.schema, decode(row.body, value), summary);
  });
}

test('every example of an answer is exactly what its schema says', () => {
  let examined = 0;
  for (const { operationId, responses } of everyOperation) {
    for (const [status, response] of Object.entries(responses)) {
      for (const { schema, examples } of Object.values(resolve(response).content ?? {})) {
        assert.ok(examples && Object.keys(examples).length > 0, `${operationId} ${status} has no example`);
        for (const { value, summary } of Object.values(examples)) {
          fits(schema, value, `${operationId} ${status} ${summary}`);
          examined += 1;
        }
      }
    }
  }
  assert.ok(examined > 100);
});

test('the public URL is the server, and the token endpoint is at it', () => {
  assert.deepEqual(
    document.servers.map(({ url }) => url),
    ['https://muster.example'],
  );
  assert.match(
    JSON.stringify(document.components.securitySchemes),
    /"tokenUrl":"https:\/\/muster\.example\/organizations\/oauth2\/v2\.0\/token"/,
  );
});
