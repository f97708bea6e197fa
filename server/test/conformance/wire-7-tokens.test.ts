import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestMuster } from '../support/muster.ts';
import { readFault } from './faults.ts';
import { issueTestToken } from './tokens.ts';

// The token endpoints' own rules are in `authority/`, under the same names.
const muster = await startTestMuster();

test('docs/wire.md 7: the API takes tokens for both audiences that clients ask for, and for no other', async () => {
  for (const [audience, status] of [
    ['https://graph.windows.net', 200],
    ['https://api.partnercenter.microsoft.com', 200],
    ['https://graph.microsoft.com', 401],
  ] as const) {
    const token = await issueTestToken(muster, { audience });
    assert.equal((await muster.call('GET', '/v1/customers', { token })).status, status, audience);
  }
});

test('docs/wire.md 7: an expired token, a changed one and none are a fault with a challenge', async () => {
  const expired = await issueTestToken(muster, { expiresAt: 1_700_000_000 });
  for (const token of [expired, `${await muster.token()}x`, 'a.b.c', '']) {
    const response = await muster.call('GET', '/v1/customers', { token });
    assert.equal(response.status, 401);
    assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer realm=/);
    const { name } = await readFault(response);
    assert.equal(name, token === '' ? 'TokenMissing' : 'Unauthorized');
  }
});
