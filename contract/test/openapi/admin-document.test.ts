import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultCatalog } from '@muster/contract';
import { adminOperations, type AdminOperation } from '@muster/contract/admin/admin-operations';
import { adminDocument } from '@muster/contract/openapi/admin-document';
import { schemaChecker } from './schema-checker.ts';

const document = adminDocument('https://muster.example');
const { fits } = schemaChecker(document);

test('the document has every administration operation, with its faults and a tag that is declared', () => {
  const tags = new Set(document.tags.map(({ name }) => name));
  let documented = 0;
  for (const methods of Object.values(document.paths)) documented += Object.keys(methods).length;
  assert.equal(documented, Object.keys(adminOperations).length);
  for (const [id, row] of Object.entries(adminOperations as Record<string, AdminOperation>)) {
    const operation = document.paths[`/admin/v1${row.path}`]?.[row.method.toLowerCase()];
    assert.equal(operation?.operationId, id);
    assert.ok(operation.tags.every((tag) => tags.has(tag)));
    for (const name of [...row.faults, 'AdministratorRequired', 'InvalidInput'] as const) {
      const response = operation.responses[faultCatalog[name].status];
      assert.ok(response && 'description' in response && response.description.includes(`**${name}**`), name);
      const example = response.content?.['application/json']?.examples?.[name];
      assert.doesNotMatch(JSON.stringify(example), /[{]\w+[}]/, 'a place was not filled');
    }
  }
});

test('every example of a request and of a response is exactly what its schema says', () => {
  let examined = 0;
  for (const { operationId, requestBody, responses } of Object.values(document.paths).flatMap((methods) =>
    Object.values(methods),
  ))
    for (const part of [requestBody, ...Object.values(responses)]) {
      if (!part || !('content' in part)) continue;
      const { schema = {}, examples = {} } = part.content?.['application/json'] ?? {};
      for (const { value, summary } of Object.values(examples)) {
        fits(schema, value, `${operationId}: ${summary}`);
        examined += 1;
      }
    }
  assert.ok(examined > 100);
});
