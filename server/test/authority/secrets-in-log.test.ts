import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePartner, postForm, redirectUri, startAdministeredMuster } from '../support/administrator.ts';
import { openBrowser } from '../support/browser.ts';

const muster = await startAdministeredMuster({ settings: { MUSTER_PASSWORD_GRANT: 'true' } });

test('no secret, password, token or code that the service saw or made is in its log', async () => {
  const partner = await makePartner(muster);
  const { partnerId, confidential, user } = partner;
  const secrets = [
    muster.adminSecret,
    muster.credentials.clientSecret,
    confidential.clientSecret,
    user.password,
  ];
  const form = { client_id: confidential.clientId, client_secret: confidential.clientSecret };
  const resource = 'https://graph.windows.net';
  const app = await postForm(muster, `${partnerId}/oauth2/token`, {
    ...form,
    grant_type: 'client_credentials',
    resource,
  });
  const signedIn = await postForm(muster, `${partnerId}/oauth2/token`, {
    ...form,
    grant_type: 'password',
    username: user.userPrincipalName,
    password: user.password,
    resource,
  });
  for (const { body } of [app, signedIn])
    secrets.push(...[body.access_token, body.refresh_token].filter((one) => typeof one === 'string'));
  secrets.push(
    'a-wrong-secret-for-the-log',
    'a-wrong-password-for-the-log',
    'a-wrong-admin-secret-for-the-log',
  );
  await postForm(muster, `${partnerId}/oauth2/token`, {
    ...form,
    client_secret: 'a-wrong-secret-for-the-log',
    grant_type: 'client_credentials',
  });
  await postForm(muster, `${partnerId}/oauth2/token`, {
    ...form,
    grant_type: 'password',
    username: user.userPrincipalName,
    password: 'a-wrong-password-for-the-log',
  });
  await muster.admin('GET', '/partners', undefined, 'a-wrong-admin-secret-for-the-log');

  const browser = openBrowser();
  const query = new URLSearchParams({
    client_id: confidential.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    state: 'a-state-for-the-log',
  });
  const page = await browser.open(`${muster.url}/${partnerId}/oauth2/authorize?${query.toString()}`);
  const back = await browser.submit(page, { username: user.userPrincipalName, password: user.password });
  secrets.push(
    new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '',
    'a-state-for-the-log',
  );
  const started = await postForm(muster, `${partnerId}/oauth2/v2.0/devicecode`, {
    client_id: partner.publicClientId,
  });
  secrets.push(String(started.body.device_code), String(started.body.user_code));
  const added = await muster.admin('POST', `/applications/${confidential.clientId}/secrets`, {});
  secrets.push(String(added.body.clientSecret));
  await muster.call('GET', `/v1/customers/${muster.credentials.customerId}/deviceBatches`, {
    token: String(app.body.access_token),
  });

  const log = JSON.stringify(muster.logLines);
  assert.ok(muster.logLines.length > 10);
  assert.equal(secrets.length, 15);
  for (const [position, secret] of secrets.entries()) {
    assert.ok(secret.length >= 8, `secret ${position} is one`);
    assert.equal(log.includes(secret), false, `secret ${position} is in the log`);
  }
});
