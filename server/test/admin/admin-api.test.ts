import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import {
  makePartner,
  postForm,
  startAdministeredMuster,
  type TestPartner,
} from '../support/administrator.ts';
import { newCustomerId, requestToken } from '../support/muster.ts';

const muster = await startAdministeredMuster();

async function tokenOf({ partnerId, confidential }: TestPartner): Promise<string> {
  return requestToken({ authority: muster.url, tenantId: partnerId, ...confidential });
}

const newDomain = (): string => `${randomUUID()}.example`;

test('a partner is added, read, renamed and deleted', async () => {
  const domainName = newDomain();
  const created = await muster.admin('POST', '/partners', {
    name: 'Fabrikam',
    domainName: domainName.toUpperCase(),
  });
  assert.equal(created.status, 201);
  const { partnerId } = created.body;
  assert.deepEqual(created.body, { partnerId, name: 'Fabrikam', domainName });
  const path = `/partners/${String(partnerId)}`;
  const renamed = await muster.admin('PATCH', path, { name: 'Fabrikam, Inc.' });
  assert.deepEqual(renamed.body, { partnerId, name: 'Fabrikam, Inc.', domainName });
  assert.deepEqual((await muster.admin('GET', path)).body, renamed.body);
  assert.equal((await muster.admin('DELETE', path)).status, 204);
  assert.equal((await muster.admin('GET', path)).status, 404);
  assert.equal((await muster.admin('DELETE', path)).status, 404);
});

test('a partner can have a given id, and no two have one domain', async () => {
  const partnerId = randomUUID();
  const domainName = newDomain();
  const first = await muster.admin('POST', '/partners', { partnerId, name: 'A', domainName });
  assert.equal(first.body.partnerId, partnerId);
  for (const twin of [
    { partnerId, name: 'B', domainName: newDomain() },
    { name: 'B', domainName },
  ]) {
    const refused = await muster.admin('POST', '/partners', twin);
    assert.equal(refused.status, 409);
    assert.equal(refused.body.code, '409');
  }
  const other = await muster.admin('POST', '/partners', { name: 'B', domainName: newDomain() });
  const moved = await muster.admin('PATCH', `/partners/${String(other.body.partnerId)}`, { domainName });
  assert.equal(moved.status, 409);
});

test('a partner with customers is not deleted', async () => {
  const { partnerId } = await makePartner(muster);
  const customer = await muster.admin('POST', '/customers', { partnerId, companyName: 'Contoso' });
  const refused = await muster.admin('DELETE', `/partners/${partnerId}`);
  assert.equal(refused.status, 409);
  await muster.admin('DELETE', `/customers/${String(customer.body.customerId)}/relationship`);
  assert.equal((await muster.admin('DELETE', `/partners/${partnerId}`)).status, 204);
});

test('lists are read in parts, each item once', async () => {
  for (let count = 0; count < 5; count++)
    await muster.admin('POST', '/partners', { name: `P${count}`, domainName: newDomain() });
  const whole = await muster.admin('GET', '/partners?size=1000');
  const ids = (whole.body.items as { partnerId: string }[]).map(({ partnerId }) => partnerId);
  const read: string[] = [];
  let after = '';
  do {
    const { body } = await muster.admin('GET', `/partners?size=2${after && `&after=${after}`}`);
    const items = body.items as { partnerId: string }[];
    assert.ok(items.length <= 2);
    read.push(...items.map(({ partnerId }) => partnerId));
    after = (body.next as string | undefined) ?? '';
  } while (after !== '');
  assert.deepEqual(read, ids);
  for (const query of ['size=0', 'size=1001', 'size=x', 'after=x', 'colour=red'])
    assert.equal((await muster.admin('GET', `/partners?${query}`)).status, 400, query);
});

test('an application is added with its secret, which no other answer shows, and changed', async () => {
  const { partnerId } = await makePartner(muster);
  const created = await muster.admin('POST', `/partners/${partnerId}/applications`, {
    name: 'Robot',
    roles: ['SalesAgents'],
    secretLifetimeDays: 30,
  });
  const { clientId, secret } = created.body as { clientId: string; secret: Record<string, string> };
  assert.deepEqual(Object.keys(secret), ['secretId', 'createdAt', 'expiresAt', 'clientSecret']);
  const path = `/applications/${clientId}`;
  const changed = await muster.admin('PATCH', path, { roles: ['AdminAgents'] });
  assert.deepEqual(changed.body, {
    clientId,
    partnerId,
    name: 'Robot',
    roles: ['AdminAgents'],
    isPublic: false,
    redirectUris: [],
  });
  const listed = await muster.admin('GET', `/partners/${partnerId}/applications`);
  const secrets = await muster.admin('GET', `${path}/secrets`);
  const { clientSecret, ...known } = secret;
  assert.deepEqual(secrets.body, { items: [known] });
  for (const answer of [changed, listed, secrets, await muster.admin('GET', path)])
    assert.doesNotMatch(JSON.stringify(answer.body), new RegExp(`${clientSecret}|scrypt`));
  assert.equal((await muster.admin('DELETE', path)).status, 204);
  assert.equal((await muster.admin('GET', `${path}/secrets`)).status, 404);
});

test('an application has ten secrets at the most, and a public one has none', async () => {
  const partner = await makePartner(muster);
  const path = `/applications/${partner.confidential.clientId}/secrets`;
  for (let count = 1; count < 10; count++) assert.equal((await muster.admin('POST', path, {})).status, 201);
  assert.equal((await muster.admin('POST', path, {})).status, 409);
  const ofPublic = await muster.admin('POST', `/applications/${partner.publicClientId}/secrets`, {});
  assert.equal(ofPublic.status, 409);
});

test('a fault names the member that is wrong', async () => {
  const misspelt = await muster.admin('POST', '/partners', {
    name: 'x',
    domainName: newDomain(),
    colour: 'red',
  });
  assert.deepEqual(
    [misspelt.body.data, misspelt.body.description],
    [['colour'], 'colour is not a known property.'],
  );
  const missing = await muster.admin('POST', '/partners', { name: 'x' });
  assert.deepEqual(missing.body.data, ['domainName']);
});

test('redirect URIs that browsers could run, or that others could read, are not registered', async () => {
  const { partnerId } = await makePartner(muster);
  for (const uri of [
    'javascript:alert(1)',
    'http://contoso.example/',
    '/signed-in',
    'https://a.example/#x',
    'https://a@b.example/',
    'data:text/html,x',
    'myapp:',
  ]) {
    const refused = await muster.admin('POST', `/partners/${partnerId}/applications`, {
      name: 'x',
      redirectUris: ['https://a.example/', uri],
    });
    assert.equal(refused.status, 400, uri);
    assert.deepEqual(refused.body.data, ['redirectUris[1]']);
  }
});

test('a user is added with a password that is shown once, is found by name, and gets a new one', async () => {
  const { partnerId, domainName, publicClientId } = await makePartner(muster);
  const userPrincipalName = `Grace@${domainName}`;
  const created = await muster.admin('POST', `/partners/${partnerId}/users`, {
    userPrincipalName,
    roles: ['SalesAgents'],
  });
  assert.equal(created.status, 201);
  const { password, ...user } = created.body;
  assert.equal(user.userPrincipalName, userPrincipalName.toLowerCase());
  const path = `/users/${encodeURIComponent(userPrincipalName)}`;
  assert.deepEqual((await muster.admin('GET', path)).body, user);
  const listed = await muster.admin('GET', `/partners/${partnerId}/users`);
  assert.doesNotMatch(JSON.stringify(listed.body), /password|scrypt/i);
  const reset = await muster.admin('PATCH', path, { resetPassword: true });
  assert.notEqual(reset.body.password, password);
  assert.equal(typeof reset.body.password, 'string');
  const twin = await muster.admin('POST', `/partners/${partnerId}/users`, { userPrincipalName, roles: [] });
  assert.equal(twin.status, 409);
  assert.equal((await muster.admin('DELETE', path)).status, 204);
  assert.equal((await muster.admin('GET', path)).status, 404);
  assert.ok(publicClientId);
});

test('a customer is added, renamed, moved with its devices to another partner, and let go', async () => {
  const [first, second] = [await makePartner(muster), await makePartner(muster)];
  const [firstToken, secondToken] = [await tokenOf(first), await tokenOf(second)];
  const customerId = newCustomerId();
  const created = await muster.admin('POST', '/customers', {
    customerId,
    partnerId: first.partnerId,
    companyName: 'Contoso',
  });
  assert.equal(created.status, 201);
  const batches = `/v1/customers/${customerId}/deviceBatches`;
  const statuses = async () => [
    (await muster.call('GET', batches, { token: firstToken })).status,
    (await muster.call('GET', batches, { token: secondToken })).status,
  ];
  await muster.call('POST', batches, {
    token: firstToken,
    body: {
      batchId: 'kept',
      devices: [{ serialNumber: 's', oemManufacturerName: 'm', modelName: customerId }],
    },
  });
  assert.deepEqual(await statuses(), [200, 403]);

  const path = `/customers/${customerId}`;
  const renamed = await muster.admin('PATCH', path, {
    companyName: 'Contoso Ltd',
    domainName: 'contoso.example',
  });
  assert.equal(renamed.body.companyName, 'Contoso Ltd');
  await muster.admin('PATCH', path, { partnerId: second.partnerId });
  assert.deepEqual(await statuses(), [403, 200]);
  const list = await muster.call('GET', batches, { token: secondToken });
  assert.equal(((await list.json()) as { totalCount: number }).totalCount, 1, 'the devices came along');

  assert.equal((await muster.admin('DELETE', `${path}/relationship`)).status, 204);
  assert.deepEqual(await statuses(), [403, 403], 'nobody can claim a customer that was let go');
  assert.equal((await muster.admin('GET', path)).body.partnerId, undefined);
  await muster.admin('PATCH', path, { partnerId: first.partnerId });
  assert.deepEqual(await statuses(), [200, 403]);
  assert.equal((await muster.admin('PATCH', path, { partnerId: randomUUID() })).status, 404);
});

test("customers are listed by partner, and a partner's deletion leaves nothing that signs in", async () => {
  const partner = await makePartner(muster);
  const { partnerId } = partner;
  const customer = await muster.admin('POST', '/customers', { partnerId, companyName: 'Contoso' });
  const listed = await muster.admin('GET', `/customers?partnerId=${partnerId}`);
  assert.deepEqual(listed.body, { items: [customer.body] });
  await muster.admin('DELETE', `/customers/${String(customer.body.customerId)}/relationship`);
  await muster.admin('DELETE', `/partners/${partnerId}`);
  const { status } = await postForm(muster, `common/oauth2/v2.0/token`, {
    grant_type: 'client_credentials',
    client_id: partner.confidential.clientId,
    client_secret: partner.confidential.clientSecret,
    scope: 'https://graph.windows.net/.default',
  });
  assert.equal(status, 400);
});

test('an administrator is added by name, works, and is deleted by another; nobody deletes themselves', async () => {
  const created = await muster.admin('POST', '/administrators', { name: 'Grace' });
  const { administratorId, secret } = created.body as { administratorId: string; secret: string };
  assert.equal((await muster.admin('POST', '/administrators', { name: 'Grace' })).status, 409);
  const listed = await muster.admin('GET', '/administrators', undefined, secret);
  assert.equal(listed.status, 200);
  assert.doesNotMatch(JSON.stringify(listed.body), new RegExp(secret));
  const self = await muster.admin('DELETE', `/administrators/${administratorId}`, undefined, secret);
  assert.equal(self.status, 409);
  assert.equal((await muster.admin('DELETE', `/administrators/${administratorId}`)).status, 204);
  assert.equal((await muster.admin('GET', '/partners', undefined, secret)).status, 401);
});

const bad: [string, string, string, unknown][] = [
  ['a misspelt member', 'POST', '/partners', { name: 'x', domain: 'x.example' }],
  ['a missing member', 'POST', '/partners', { name: 'x' }],
  ['an empty name', 'POST', '/partners', { name: '', domainName: 'x.example' }],
  ['a name with a control character', 'POST', '/partners', { name: 'a\u0000b', domainName: 'x.example' }],
  ['a domain that is none', 'POST', '/partners', { name: 'x', domainName: 'not a domain' }],
  ['an id that is no GUID', 'GET', '/partners/1', undefined],
  ['an unknown role', 'POST', '/partners/{partner}/applications', { name: 'x', roles: ['GlobalAdmins'] }],
  [
    'a role twice',
    'POST',
    '/partners/{partner}/applications',
    { name: 'x', roles: ['SalesAgents', 'SalesAgents'] },
  ],
  [
    'a short password',
    'POST',
    '/partners/{partner}/users',
    { userPrincipalName: 'a@b.c', roles: [], password: 'short' },
  ],
  [
    'a sign-in name that is none',
    'POST',
    '/partners/{partner}/users',
    { userPrincipalName: 'ada', roles: [] },
  ],
  ['no change', 'PATCH', '/partners/{partner}', {}],
  ['no body', 'POST', '/partners', undefined],
  ['a list for a body', 'POST', '/partners', []],
  ['text for a body', 'POST', '/partners', 'x'],
];
for (const [name, method, path, body] of bad) {
  test(`refused with 400 and nothing stored: ${name}`, async () => {
    const { tenantId } = muster.credentials;
    const answer = await muster.admin(method, path.replace('{partner}', tenantId), body);
    assert.equal(answer.status, 400, JSON.stringify(answer.body));
    assert.equal(answer.body.code, '800002');
  });
}
