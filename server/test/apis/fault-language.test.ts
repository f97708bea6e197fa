import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestMuster } from '../support/muster.ts';

const muster = await startTestMuster();

test('a refusal in Chinese has no English sentence in it, whatever was wrong', async () => {
  const headers = { 'X-Locale': 'zh-TW', Authorization: `Bearer ${await muster.token()}` };
  const json = { ...headers, 'Content-Type': 'application/json' };
  const customer = '/v1/customers/c7f3c849-129f-4b85-a96d-4f8e88b315a3';
  const requests: readonly (readonly [path: string, init: RequestInit])[] = [
    ['/v1/customers', { headers: { 'X-Locale': 'zh-TW' } }],
    ['/v1/customers', { headers: { ...headers, Authorization: 'Bearer nonsense' } }],
    ['/v1/customers/x', { headers }],
    ['/v1/customers?size=x', { headers }],
    [`${customer}/deviceBatches`, { headers: json, method: 'POST', body: '{' }],
    [`${customer}/deviceBatches`, { headers: json, method: 'POST', body: '{}' }],
    [
      `${customer}/deviceBatches`,
      { headers: { ...json, 'Content-Encoding': 'br' }, method: 'POST', body: '{}' },
    ],
    [`${customer}/batchJobStatus/0127ed8e-ff72-4983-a3d8-e8d8bd378932`, { headers }],
    ['/admin/v1/partners', { headers }],
  ];
  for (const [path, init] of requests) {
    const response = await fetch(muster.url + path, init);
    assert.ok(response.status >= 400 && response.status < 500, path);
    const { description } = (await response.json()) as { description: string };
    assert.match(description, /\p{Script=Han}/u, path);
    assert.doesNotMatch(description, /[A-Za-z]+ [a-z]+ [a-z]+/, description);
  }
});
