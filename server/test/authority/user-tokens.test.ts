import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  claimsOf,
  makePartner,
  postForm,
  startAdministeredMuster,
  type TestPartner,
} from '../support/administrator.ts';
import { newCustomerId } from '../support/muster.ts';

const muster = await startAdministeredMuster({ settings: { MUSTER_PASSWORD_GRANT: 'true' } });
const strict = await startAdministeredMuster({
  settings: { MUSTER_PASSWORD_GRANT: 'true', MUSTER_STRICT_APP_USER: 'true' },
});
const partner = await makePartner(muster);

const audience = 'https://api.partnercenter.microsoft.com';

function passwordForm({ confidential, user }: TestPartner): Record<string, string> {
  return {
    grant_type: 'password',
    client_id: confidential.clientId,
    client_secret: confidential.clientSecret,
    username: user.userPrincipalName,
    password: user.password,
    scope: `openid offline_access ${audience}/user_impersonation`,
  };
}

test('the password grant is off unless it is turned on', async () => {
  const closed = await startAdministeredMuster();
  const theirs = await makePartner(closed);
  const answer = await postForm(closed, `${theirs.partnerId}/oauth2/v2.0/token`, passwordForm(theirs));
  assert.equal(answer.status, 400);
  assert.equal(answer.body.error, 'unsupported_grant_type');
});

test("a user's token carries the user, the scope and the user's roles, not the application's", async () => {
  const theirs = await makePartner(muster, { application: ['AdminAgents'], user: ['SalesAgents'] });
  const { status, body } = await postForm(muster, `${theirs.partnerId}/oauth2/v2.0/token`, {
    ...passwordForm(theirs),
    client_info: '1',
  });
  assert.equal(status, 200);
  assert.equal(body.scope, `${audience}/user_impersonation`);
  const { tid, appid, azp, oid, upn, scp, roles, aud } = claimsOf(body.access_token);
  assert.deepEqual(
    { tid, appid, azp, oid, upn, scp, roles, aud },
    {
      tid: theirs.partnerId,
      appid: theirs.confidential.clientId,
      azp: theirs.confidential.clientId,
      oid: theirs.user.userId,
      upn: theirs.user.userPrincipalName,
      scp: 'user_impersonation',
      roles: ['SalesAgents'],
      aud: audience,
    },
  );
  const idToken = claimsOf(body.id_token);
  assert.equal(idToken.aud, theirs.confidential.clientId);
  assert.equal(idToken.preferred_username, theirs.user.userPrincipalName);
  const clientInfo = JSON.parse(Buffer.from(String(body.client_info), 'base64url').toString()) as object;
  assert.deepEqual(clientInfo, { uid: theirs.user.userId, utid: theirs.partnerId });
  assert.equal(typeof body.refresh_token, 'string');
});

test('an ID token opens no API', async () => {
  const { body } = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, passwordForm(partner));
  const response = await muster.call('GET', `/v1/customers/${newCustomerId()}/deviceBatches`, {
    token: String(body.id_token),
  });
  assert.equal(response.status, 401);
});

test('v1 gives a refresh token without being asked; v2.0 only for offline_access', async () => {
  const { scope: _, ...form } = passwordForm(partner);
  const v1 = await postForm(muster, `${partner.partnerId}/oauth2/token`, { ...form, resource: audience });
  assert.equal(typeof v1.body.refresh_token, 'string');
  assert.equal(v1.body.scope, 'user_impersonation');
  const v2 = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
    ...form,
    scope: `${audience}/user_impersonation`,
  });
  assert.equal(v2.status, 200);
  assert.equal(v2.body.refresh_token, undefined);
  assert.equal(v2.body.id_token, undefined);
});

test('a wrong password, an unknown user and a user of another partner are refused alike', async () => {
  const other = await makePartner(muster);
  const form = passwordForm(partner);
  const attempts = [
    { ...form, password: 'wrong password' },
    { ...form, username: 'nobody@nowhere.example' },
    { ...form, username: other.user.userPrincipalName, password: other.user.password },
  ];
  for (const attempt of attempts) {
    const { status, body } = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, attempt);
    assert.equal(status, 400);
    assert.equal(body.error, 'invalid_grant');
    assert.deepEqual(body.error_codes, [50126]);
  }
});

test('a sign-in name is compared without regard to case', async () => {
  const { status } = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
    ...passwordForm(partner),
    username: partner.user.userPrincipalName.toUpperCase(),
  });
  assert.equal(status, 200);
});

test('a disabled user is refused, and allowed again when enabled', async () => {
  const theirs = await makePartner(muster);
  const ask = async () => postForm(muster, `${theirs.partnerId}/oauth2/v2.0/token`, passwordForm(theirs));
  await muster.admin('PATCH', `/users/${theirs.user.userId}`, { isEnabled: false });
  const refused = await ask();
  assert.deepEqual(refused.body.error_codes, [50057]);
  await muster.admin('PATCH', `/users/${theirs.user.userId}`, { isEnabled: true });
  assert.equal((await ask()).status, 200);
});

test('app+user and app-only both create batches and read statuses; strictly, only app+user creates', async () => {
  for (const [service, appOnlyStatus] of [
    [muster, 202],
    [strict, 403],
  ] as const) {
    const theirs = await makePartner(service, { application: ['SalesAgents'], user: ['SalesAgents'] });
    const { confidential } = theirs;
    const app = await postForm(service, `${theirs.partnerId}/oauth2/v2.0/token`, {
      grant_type: 'client_credentials',
      client_id: confidential.clientId,
      client_secret: confidential.clientSecret,
      scope: `${audience}/.default`,
    });
    const user = await postForm(service, `${theirs.partnerId}/oauth2/v2.0/token`, passwordForm(theirs));
    const path = `/v1/customers/${newCustomerId()}/deviceBatches`;
    const create = (batchId: string, token: unknown) =>
      service.call('POST', path, {
        token: String(token),
        body: { batchId, devices: [{ serialNumber: 's', oemManufacturerName: 'm', modelName: batchId }] },
      });
    const byUser = await create('by-user', user.body.access_token);
    assert.equal(byUser.status, 202);
    const byApp = await create('by-app', app.body.access_token);
    assert.equal(byApp.status, appOnlyStatus);
    if (appOnlyStatus === 403) {
      const fault = (await byApp.json()) as { code: string; description: string };
      assert.equal(fault.code, '900329');
      assert.match(fault.description, /app\+user/);
    }
    const status = `/v1${byUser.headers.get('location') ?? ''}`;
    for (const token of [app.body.access_token, user.body.access_token]) {
      const read = await service.call('GET', status, { token: String(token) });
      assert.equal(read.status, 200);
      const list = await service.call('GET', path, { token: String(token) });
      assert.equal(list.status, 200);
    }
  }
});

test('sales agents upload but change no policy; nobody without a role does anything', async () => {
  const sales = await makePartner(muster, { application: ['SalesAgents'] });
  const none = await makePartner(muster, { application: [] });
  const customers = { sales: newCustomerId(), none: newCustomerId() };
  const tokenOf = async ({ partnerId, confidential }: TestPartner): Promise<string> => {
    const { body } = await postForm(muster, `${partnerId}/oauth2/v2.0/token`, {
      grant_type: 'client_credentials',
      client_id: confidential.clientId,
      client_secret: confidential.clientSecret,
      scope: `${audience}/.default`,
    });
    return String(body.access_token);
  };
  const upload = { batchId: 'b', devices: [{ productKey: '00329-00000-00003-AA606' }] };
  const policy = { name: 'p', category: 'o_o_b_e', policySettings: ['skip_eula'] };
  const byRole = async (token: string, customerId: string) => ({
    upload: (await muster.call('POST', `/v1/customers/${customerId}/deviceBatches`, { token, body: upload }))
      .status,
    policy: (await muster.call('POST', `/v1/customers/${customerId}/policies`, { token, body: policy }))
      .status,
    list: (await muster.call('GET', `/v1/customers/${customerId}/deviceBatches`, { token })).status,
  });
  assert.deepEqual(await byRole(await tokenOf(sales), customers.sales), {
    upload: 202,
    policy: 403,
    list: 200,
  });
  assert.deepEqual(await byRole(await tokenOf(none), customers.none), {
    upload: 403,
    policy: 403,
    list: 403,
  });
});
