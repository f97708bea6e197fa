import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultCatalog, servedOperations, type Operation } from '@muster/contract';
import { musterOperations } from '@muster/contract/muster/muster-operations';
import { roles } from '@muster/contract/roles';
import { batchCases } from '../conformance/batch-cases.ts';
import { customerCases } from '../conformance/customer-cases.ts';
import { deviceCases } from '../conformance/device-cases.ts';
import type { OperationCase } from '../conformance/operation-case.ts';
import { policyCases } from '../conformance/policy-cases.ts';
import { insertTestPartner, issueTestToken } from '../conformance/tokens.ts';
import { fingerprint, newWorld, type World } from '../conformance/world.ts';
import { startTestMuster } from '../support/muster.ts';

const muster = await startTestMuster();
const otherPartner = await insertTestPartner(muster);
const otherToken = await issueTestToken(muster, { partnerId: otherPartner });

const own = { ...(await newWorld(muster)), ...(await newWebhook()) };
/** The things of another customer, of the same partner and of another one. */
const others: Readonly<Record<'sibling' | 'foreign', World & Partial<Webhook>>> = {
  sibling: await newWorld(muster),
  foreign: {
    ...(await newWorld({
      ...muster,
      call: (method, path, options) => muster.call(method, path, { token: otherToken, ...options }),
      finished: async (location) => {
        for (;;) {
          const response = await muster.call('GET', `/v1${location}`, { token: otherToken });
          const status = (await response.json()) as Awaited<ReturnType<typeof muster.finished>>;
          if (status.status === 'finished') return status;
        }
      },
    })),
    ...(await newWebhook(otherToken)),
  },
};

interface Webhook {
  readonly endpointId: string;
  readonly eventId: string;
}

/** A webhook endpoint of the partner whose token this is, and an event that is sent to it. */
async function newWebhook(token?: string): Promise<Webhook> {
  const path = '/muster/v1/webhookEndpoints';
  const who = token === undefined ? {} : { token };
  const body = { url: 'https://hooks.example/muster' };
  const made = (await (await muster.call('POST', path, { body, ...who })).json()) as Webhook;
  const ping = await muster.call('POST', `${path}/${made.endpointId}/ping`, who);
  const { eventId } = (await ping.json()) as Webhook;
  return { endpointId: made.endpointId, eventId };
}

/** Every operation under a partner's token: its name, its path from the root, and its row. */
const everyOperation: readonly (readonly [id: string, path: string, operation: Operation])[] = [
  ...Object.entries<Operation>(servedOperations).map(
    ([id, operation]) => [id, `/v1${operation.path}`, operation] as const,
  ),
  ...Object.entries<Operation>(musterOperations).map(
    ([id, operation]) => [id, `/muster/v1${operation.path}`, operation] as const,
  ),
];

/** What stands for every id of a path when nothing has it. */
const unknown: Readonly<Record<string, string>> = {
  batchId: 'no such batch',
  deviceId: '00000000-0000-4000-8000-000000000001',
  policyId: '00000000-0000-4000-8000-000000000002',
  trackingId: '00000000-0000-4000-8000-000000000003',
  endpointId: '00000000-0000-4000-8000-000000000004',
  eventId: '00000000-0000-4000-8000-000000000005',
};

const bodies: Readonly<Record<string, Partial<OperationCase>>> = {
  createWebhookEndpoint: { body: () => ({ url: 'https://hooks.example/other' }) },
  updateWebhookEndpoint: { body: () => ({ description: 'Changed' }) },
  ...batchCases,
  ...deviceCases,
  ...policyCases,
  ...customerCases,
  findDevices: { body: () => ({ serialNumber: 'nobody has it' }) },
  decodeHardwareHashes: { body: () => ({ hardwareHashes: ['DummyHash123'] }) },
};

async function send(
  [id, wholePath, operation]: (typeof everyOperation)[number],
  things: object,
  token?: string,
): Promise<{ status: number; code: unknown; text: string }> {
  const path = wholePath.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = (things as Readonly<Record<string, unknown>>)[name];
    assert.ok(typeof value === 'string', `this test knows no ${name}`);
    return encodeURIComponent(value);
  });
  const body = operation.body && bodies[id]?.body?.(own);
  const response = await muster.call(operation.method, path, {
    ...(body !== undefined && { body }),
    ...(token !== undefined && { token }),
  });
  const text = await response.text();
  const { code } = (text === '' ? {} : JSON.parse(text)) as { code?: unknown };
  return { status: response.status, code, text };
}

for (const row of everyOperation) {
  const [id, , operation] = row;
  const parameters = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

  test(`${id}: opens for its roles alone, and for no token that is missing, forged, expired or for somebody else`, async () => {
    const nobody = { ...own, customerId: others.foreign.customerId };
    const [head, payload] = (await muster.token()).split('.');
    const expired = await issueTestToken(muster, { expiresAt: Math.floor(Date.now() / 1000) - 1 });
    const elsewhere = await issueTestToken(muster, { audience: 'https://elsewhere.example' });
    for (const token of ['', 'x.y.z', `${head}.${payload}.AAAA`, expired, elsewhere])
      assert.equal((await send(row, own, token)).status, 401);
    for (const role of [undefined, ...roles]) {
      const token = await issueTestToken(muster, { roles: role === undefined ? [] : [role] });
      const mayCall = role !== undefined && operation.roles.includes(role);
      // Asked for a stranger's customer, so that who may call changes nothing either.
      const { status, code } = await send(row, nobody, token);
      if (!mayCall) assert.deepEqual([status, code], [403, faultCatalog.RoleForbidden.code], role);
      else if (parameters.includes('customerId'))
        assert.deepEqual([status, code], [403, faultCatalog.CustomerForbidden.code], role);
      else assert.equal(status, operation.success.status, role);
    }
  });

  for (const name of parameters) {
    for (const [whose, other] of Object.entries(others)) {
      // A partner may use all of its customers.
      if (whose === 'sibling' && (name === 'customerId' || !parameters.includes('customerId'))) continue;
      test(`${id}: the ${name} of a ${whose} customer opens nothing and tells nothing`, async () => {
        const value = String((other as unknown as Record<string, unknown>)[name]);
        const before = await fingerprint(other);
        const answer = await send(row, { ...own, [name]: value });
        assert.equal(answer.status, name === 'customerId' ? 403 : 404, answer.text);
        if (name !== 'customerId') {
          const made = String(unknown[name]);
          const { text } = await send(row, { ...own, [name]: made });
          assert.equal(answer.text.replaceAll(value, made), text, 'the same as of one that nobody has');
        }
        assert.equal(await fingerprint(other), before);
      });
    }
  }
}
