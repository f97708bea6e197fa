import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core';
import { oas } from '@stoplight/spectral-rulesets';
import { adminDocument } from '@muster/contract/openapi/admin-document';
import { openApiDocument } from '@muster/contract/openapi/open-api-document';

const documents = {
  '/openapi.json': JSON.stringify(openApiDocument('https://muster.example')),
  '/admin/openapi.json': JSON.stringify(adminDocument('https://muster.example')),
};

for (const [path, source] of Object.entries(documents)) {
  test(`${path} passes every rule of Redocly's recommended-strict`, async () => {
    const config = await createConfig({ extends: ['recommended-strict'] });
    const problems = await lintFromString({ source, absoluteRef: path, config });
    assert.deepEqual(
      problems.map(({ ruleId, message, location }) => `${location[0]?.pointer}: ${message} (${ruleId})`),
      [],
    );
  });

  test(`${path} passes every rule of Spectral's oas`, async () => {
    const spectral = new spectralCore.Spectral();
    spectral.setRuleset(oas as unknown as RulesetDefinition);
    const problems = await spectral.run(source);
    assert.deepEqual(
      problems.map(({ code, message, path: place }) => `${place.join('/')}: ${message} (${code})`),
      [],
    );
  });
}
