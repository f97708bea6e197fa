import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  clientSecretCredential,
  connectPartner,
  deviceCodeCredential,
  refreshTokenCredential,
} from '@muster/sdk';
import { claimsOf, makePartner, startAdministeredMuster } from '../support/administrator.ts';
import { openBrowser } from '../support/browser.ts';
import { newCustomerId } from '../support/muster.ts';

const muster = await startAdministeredMuster();
const partner = await makePartner(muster);
const authority = { authority: muster.url, tenantId: partner.partnerId };
const scope = 'https://api.partnercenter.microsoft.com/user_impersonation';

test('the SDK signs in as an application, and calls the API with its token', async () => {
  const credentials = clientSecretCredential({ ...authority, ...partner.confidential });
  const service = connectPartner({ credentials, baseUrl: muster.url });
  for await (const batch of service.customers.byId(newCustomerId()).deviceBatches.list())
    assert.fail(`a new customer has no batch ${batch.id}`);
});

test('the SDK signs a user in by a device code, and goes on by refresh tokens that change each time', async () => {
  const kept: string[] = [];
  const onRefreshToken = (token: string): void => void kept.push(token);
  const instant = { now: Date.now, elapsedMs: () => 0, random: Math.random, sleep: () => Promise.resolve() };
  const first = deviceCodeCredential({
    ...authority,
    clientId: partner.publicClientId,
    runtime: instant,
    onRefreshToken,
    onPrompt: async ({ userCode, verificationUri }) => {
      const browser = openBrowser();
      const page = await browser.submit(await browser.open(verificationUri), { code: userCode });
      const { userPrincipalName, password } = partner.user;
      await browser.submit(page, { username: userPrincipalName, password });
    },
  });
  const token = await first.getToken(scope);
  assert.equal(claimsOf(token?.token).upn, partner.user.userPrincipalName);

  const later = refreshTokenCredential({
    ...authority,
    clientId: partner.publicClientId,
    refreshToken: kept[0] ?? '',
    onRefreshToken,
  });
  for (let count = 0; count < 3; count++)
    assert.equal(claimsOf((await later.getToken(scope))?.token).oid, partner.user.userId);
  assert.equal(new Set(kept).size, 4);
});
