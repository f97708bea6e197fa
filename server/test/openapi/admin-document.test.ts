import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adminDocument } from '@muster/contract/openapi/admin-document';
import type { OpenApiDocument } from '@muster/contract/openapi/open-api-types';
import { schemaChecker } from '../../../contract/test/openapi/schema-checker.ts';
import { startAdministeredMuster } from '../support/administrator.ts';

const muster = await startAdministeredMuster();
const document = (await (await fetch(`${muster.url}/admin/openapi.json`)).json()) as OpenApiDocument;
const { fits } = schemaChecker(document);

test('the administration document is served to anybody, with the address of the service as its server', () => {
  assert.deepEqual(document, JSON.parse(JSON.stringify(adminDocument(muster.url))));
});

test('without a secret, every documented operation is refused as documented', async () => {
  for (const [path, methods] of Object.entries(document.paths))
    for (const method of Object.keys(methods)) {
      const response = await fetch(muster.url + path, { method: method.toUpperCase() });
      assert.equal(response.status, 401, `${method} ${path}`);
      fits({ $ref: '#/components/schemas/Fault' }, await response.json(), path);
    }
});

test('the documented example of a partner creates one, and the lists are as documented', async () => {
  const create = document.paths['/admin/v1/partners']?.post;
  const examples = create?.requestBody?.content['application/json']?.examples ?? {};
  const created = await muster.admin('POST', '/partners', examples['example']?.value);
  assert.equal(created.status, 201);
  fits({ $ref: '#/components/schemas/Partner' }, created.body, 'a partner');
  for (const path of ['/partners', '/customers', '/signing-keys', '/administrators']) {
    const response = document.paths[`/admin/v1${path}`]?.get?.responses['200'];
    assert.ok(response && 'content' in response);
    const schema = response.content?.['application/json']?.schema ?? {};
    fits(schema, (await muster.admin('GET', path)).body, path);
  }
});
