import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { makePartner, postForm, startAdministeredMuster } from '../support/administrator.ts';
import { newCustomerId } from '../support/muster.ts';
import { startOtherIssuer } from './other-issuer.ts';

let clock = new Date('2026-11-20T10:00:00Z');
const after = (ms: number): void => void (clock = new Date(clock.getTime() + ms));
const now = (): Date => clock;

const mapped = await startOtherIssuer(now);
const plain = await startOtherIssuer(now);
const untrusted = await startOtherIssuer(now);
const partnerId = randomUUID();
const muster = await startAdministeredMuster({
  now,
  settings: {
    MUSTER_TRUSTED_ISSUERS: JSON.stringify([
      {
        issuer: mapped.url,
        audiences: ['api://muster'],
        tenantClaim: 'organisation',
        partners: { fabrikam: partnerId },
        rolesClaim: 'groups',
        roles: { uploaders: 'SalesAgents', bosses: 'AdminAgents' },
      },
      { issuer: plain.url, audiences: ['api://muster', 'api://other'] },
    ]),
  },
});
await muster.admin('POST', '/partners', { partnerId, name: 'Fabrikam', domainName: 'fabrikam.example' });

const path = `/v1/customers/${newCustomerId()}/deviceBatches`;
const statusOf = async (token: string): Promise<number> => (await muster.call('GET', path, { token })).status;
const application = { organisation: 'fabrikam', client_id: 'automation', groups: ['uploaders', 'unknown'] };

test("a trusted issuer's token acts for the partner and in the roles its claims are mapped to", async () => {
  const token = await mapped.sign(application);
  assert.equal(await statusOf(token), 200);
  const policy = { name: 'p', category: 'o_o_b_e', policySettings: ['skip_eula'] };
  const policies = path.replace('deviceBatches', 'policies');
  const refused = await muster.call('POST', policies, { token, body: policy });
  assert.equal(refused.status, 403, 'uploaders are sales agents');
  const boss = await mapped.sign({ ...application, groups: 'bosses' });
  assert.equal((await muster.call('POST', policies, { token: boss, body: policy })).status, 200);
});

test('a user of another issuer is named in what they do', async () => {
  const token = await plain.sign({
    tid: partnerId,
    azp: 'desk-tool',
    scp: 'user_impersonation',
    oid: randomUUID(),
    preferred_username: 'grace@fabrikam.example',
    roles: ['AdminAgents'],
  });
  const body = { batchId: 'by-grace', devices: [{ productKey: '00329-00000-00003-AA606' }] };
  assert.equal((await muster.call('POST', path, { token, body })).status, 202);
  const { rows } = await muster.database.pool.query<{ created_by: string }>(
    "select created_by from device_batches where batch_id = 'by-grace'",
  );
  assert.equal(rows[0]?.created_by, 'grace@fabrikam.example');
});

test("the exchange of an external token at /generatetoken gives one of Muster's own", async () => {
  const token = await mapped.sign(application);
  const response = await muster.call('POST', '/generatetoken', { token, body: 'grant_type=jwt_token' });
  const { access_token: exchanged } = (await response.json()) as { access_token: string };
  assert.equal(await statusOf(exchanged), 200);
});

const refused: [string, () => Promise<string>][] = [
  [
    'an issuer nobody trusts',
    () => untrusted.sign({ ...application, tid: partnerId, roles: ['AdminAgents'] }),
  ],
  ['an audience of somebody else', () => mapped.sign({ ...application, aud: 'api://else' })],
  ['an expired token', () => mapped.sign({ ...application, exp: clock.getTime() / 1000 - 31 })],
  ['a token without an end', () => mapped.sign({ ...application, exp: undefined })],
  ['a tenant that is no partner', () => plain.sign({ tid: randomUUID(), azp: 'x', roles: ['AdminAgents'] })],
  ['a tenant that is not mapped', () => mapped.sign({ ...application, organisation: 'northwind' })],
  [
    'a tenant named like a property of every object',
    () => mapped.sign({ ...application, organisation: 'constructor' }),
  ],
  ['no tenant', () => mapped.sign({ ...application, organisation: undefined })],
  ['no application', () => mapped.sign({ ...application, client_id: undefined })],
  [
    "another issuer's name over this one's signature",
    () => mapped.sign({ ...application, iss: plain.url, tid: partnerId, azp: 'x', roles: ['AdminAgents'] }),
  ],
  [
    "Muster's own name over another's signature",
    () => mapped.sign({ ...application, iss: `${muster.url}/${partnerId}/`, tid: partnerId, appid: 'x' }),
  ],
];

for (const [name, sign] of refused) {
  test(`refused with 401: ${name}`, async () => assert.equal(await statusOf(await sign()), 401));
}

test('roles that are not mapped grant nothing', async () => {
  assert.equal(await statusOf(await mapped.sign({ ...application, groups: ['AdminAgents'] })), 403);
  assert.equal(await statusOf(await mapped.sign({ ...application, groups: undefined })), 403);
});

test('a rotated key is fetched when a token names it, and a flood of unknown keys causes no flood of fetches', async () => {
  await statusOf(await mapped.sign(application));
  after(60_000);
  await mapped.rotate();
  const before = mapped.keyFetches;
  const token = await mapped.sign(application);
  assert.equal(await statusOf(token), 200);
  assert.equal(mapped.keyFetches, before + 1);

  await mapped.rotate();
  for (let flood = 0; flood < 20; flood++)
    assert.equal(await statusOf(await mapped.sign({ ...application, jti: flood })), 401);
  assert.equal(mapped.keyFetches, before + 1, 'the last fetch is too recent');
  after(10_000);
  assert.equal(await statusOf(await mapped.sign({ ...application, jti: 'later' })), 200);
  assert.equal(mapped.keyFetches, before + 2);
});

test("a withdrawn key's tokens stop working within minutes of the key document being fetched again", async () => {
  const token = await mapped.sign(application);
  assert.equal(await statusOf(token), 200);
  await mapped.rotate();
  after(60_000);
  assert.equal(await statusOf(await mapped.sign(application)), 200);
  after(300_000);
  assert.equal(await statusOf(token), 401);
});

test('with the issuer down known keys go on; with no keys at all the answer is 503, and recovers', async () => {
  await statusOf(await mapped.sign(application));
  mapped.goDown();
  after(20 * 60_000);
  assert.equal(await statusOf(await mapped.sign({ ...application, jti: 'down' })), 200);

  const fresh = await startAdministeredMuster({
    now,
    settings: {
      MUSTER_TRUSTED_ISSUERS: JSON.stringify([
        {
          issuer: mapped.url,
          audiences: ['api://muster'],
          tenantClaim: 'organisation',
          rolesClaim: 'groups',
          roles: { uploaders: 'SalesAgents' },
        },
      ]),
    },
  });
  const { partnerId: theirs } = await makePartner(fresh);
  const ask = async () =>
    fresh.call('GET', path.replace(/[0-9a-f-]{36}/, newCustomerId()), {
      token: await mapped.sign({ ...application, organisation: theirs }),
    });
  const unavailable = await ask();
  assert.equal(unavailable.status, 503);
  assert.equal(((await unavailable.json()) as { code: string }).code, '503');
  mapped.comeBack();
  after(10_000);
  assert.equal((await ask()).status, 200);
});

test("Muster's own tokens work beside those of other issuers", async () => {
  const partner = await makePartner(muster);
  const { body } = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
    grant_type: 'client_credentials',
    client_id: partner.confidential.clientId,
    client_secret: partner.confidential.clientSecret,
    scope: 'https://graph.windows.net/.default',
  });
  const own = path.replace(/[0-9a-f-]{36}/, newCustomerId());
  assert.equal((await muster.call('GET', own, { token: String(body.access_token) })).status, 200);
});
