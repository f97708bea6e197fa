import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOtherIssuer } from '../authority/other-issuer.ts';
import { makePartner, startAdministeredMuster } from '../support/administrator.ts';
import { newCustomerId } from '../support/muster.ts';

let clock = new Date('2026-11-20T23:59:00Z');
const day = 24 * 60 * 60_000;
const issuer = await startOtherIssuer(() => clock);
const audience = 'https://api.partnercenter.microsoft.com';
const settings = {
  MUSTER_TRUSTED_ISSUERS: JSON.stringify([{ issuer: issuer.url, audiences: [audience] }]),
};
const muster = await startAdministeredMuster({ now: () => clock, settings });
const today = await startAdministeredMuster({
  now: () => clock,
  databaseUrl: muster.databaseUrl,
  settings: { ...settings, MUSTER_RULES: 'today' },
});

interface Caller {
  readonly tid: string;
  readonly appid: string;
  readonly oid: string;
  readonly hasMfa: boolean;
}

function userToken({ tid, appid, oid, hasMfa }: Caller): Promise<string> {
  const user = { upn: `${oid}@contoso.example`, scp: 'user_impersonation', oid };
  const amr = hasMfa ? ['pwd', 'mfa'] : ['pwd'];
  return issuer.sign({ aud: audience, tid, appid, roles: ['AdminAgents'], ...user, amr });
}

async function report<Body>(caller: Caller, path: string): Promise<Body> {
  const response = await muster.call('GET', `/v1/${path}`, { token: await userToken(caller) });
  assert.equal(response.status, 200);
  return (await response.json()) as Body;
}

/** A partner with two users, of whom one has no second factor. */
async function newCallers(): Promise<{ ada: Caller; bob: Caller; clientId: string }> {
  const { partnerId, confidential } = await makePartner(muster);
  const { clientId } = confidential;
  const of = (oid: string, hasMfa: boolean) => ({ tid: partnerId, appid: clientId, oid, hasMfa });
  return { ada: of('ada', true), bob: of('bob', false), clientId };
}

test('requests of users are counted by day and application, with and without a second factor, the refused ones too', async () => {
  const { ada, bob, clientId } = await newCallers();
  const path = `/v1/customers/${newCustomerId()}/deviceBatches`;
  await muster.call('GET', path, { token: await userToken(ada) });
  const refused = await today.call('GET', path, { token: await userToken(bob) });
  assert.equal(refused.status, 401);
  await today.close();
  clock = new Date(clock.getTime() + 2 * 60_000);
  await muster.call('GET', path, { token: await userToken(bob) });
  const counted = { applicationId: clientId, applicationName: 'Automation & <Tools>' };
  assert.deepEqual(await report(ada, 'applicationmfaadoptionstatus'), [
    { loginDate: '2026-11-21', mfaCompliantRequestCount: 1, totalRequestCount: 2, ...counted },
    { loginDate: '2026-11-20', mfaCompliantRequestCount: 1, totalRequestCount: 2, ...counted },
  ]);
});

test('requests are listed one by one, the latest first, as published', async () => {
  const { ada, bob, clientId } = await newCallers();
  const path = `/v1/customers/${newCustomerId()}/deviceBatches`;
  const headers = { 'MS-RequestId': 'request-1', 'MS-CorrelationId': 'correlation-1' };
  await muster.call('GET', path, { token: await userToken(bob), headers });
  const list = await report<{ totalCount: number; items: object[] }>(ada, 'partnerRequests');
  assert.equal(list.totalCount, 2);
  assert.deepEqual(list.items[1], {
    requestId: 'request-1',
    correlationId: 'correlation-1',
    operationName: 'Get /v{version}/customers/{customerId}/deviceBatches',
    requestDateTime: clock.toISOString().slice(0, -1),
    ipAddress: '127.0.0.1',
    objectId: 'bob',
    tenantId: bob.tid,
    upn: 'bob@contoso.example',
    applicationId: clientId,
    mfaCompliant: false,
  });
});

test('users without a second factor are named once, of the own partner alone, and for a week', async () => {
  const { ada, bob } = await newCallers();
  const other = await newCallers();
  for (const caller of [bob, bob, other.bob]) await report(caller, 'partnerRequests');
  const principals = 'nonMfaCompliantPartnerPrincipals';
  assert.deepEqual(await report(ada, principals), {
    totalCount: 1,
    items: [
      {
        objectId: 'bob',
        tenantId: bob.tid,
        upn: 'bob@contoso.example',
        lastNonMfaCompliantRequestDateTime: clock.toISOString().slice(0, -1),
      },
    ],
    attributes: { objectType: 'Collection' },
  });
  clock = new Date(clock.getTime() + 8 * day);
  assert.deepEqual(await report(ada, principals), {
    totalCount: 0,
    items: [],
    attributes: { objectType: 'Collection' },
  });
  const left = await muster.database.pool.query(
    'select 1 from partner_request_counts where partner_id = $1 and user_id = $2',
    [bob.tid, 'bob'],
  );
  assert.equal(left.rowCount, 0, 'what the reports no longer tell is deleted');
});

test('a status read of a user is recorded as often as it is made, a finished job’s too', async () => {
  const { ada } = await newCallers();
  const customer = newCustomerId();
  const token = await userToken(ada);
  const accepted = await muster.call('POST', `/v1/customers/${customer}/deviceBatches`, {
    token,
    body: { batchId: 'b', devices: [{ productKey: '00329-00000-00003-AA606' }] },
  });
  const location = accepted.headers.get('location') ?? '';
  let reads = 0;
  for (let isFinished = false; !isFinished; reads++) {
    const { status } = (await (await muster.call('GET', `/v1${location}`, { token })).json()) as {
      status: string;
    };
    isFinished = status === 'finished';
  }
  for (let count = 0; count < 3; count++) await muster.call('GET', `/v1${location}`, { token });
  const { items } = await report<{ items: { operationName: string }[] }>(ada, 'partnerRequests');
  const statusReads = items.filter(({ operationName }) => operationName.includes('batchJobStatus'));
  assert.equal(statusReads.length, reads + 3);
});
