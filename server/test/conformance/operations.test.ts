import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  operations,
  roles,
  type FaultName,
  type Operation,
  type OperationId,
  type Role,
} from '@muster/contract';
import { startTestMuster } from '../support/muster.ts';
import { batchCases } from './batch-cases.ts';
import { customerCases } from './customer-cases.ts';
import { deviceCases } from './device-cases.ts';
import { readFault } from './faults.ts';
import type { Change, OperationCase } from './operation-case.ts';
import { policyCases } from './policy-cases.ts';
import { exchangeRaw } from './raw-exchange.ts';
import { insertTestPartner, issueTestToken } from './tokens.ts';
import { pathOf, recase, send, type WireRequest } from './wire-request.ts';
import { assertFits } from './wire-schema.ts';
import { fingerprint, newWorld, type World } from './world.ts';

/** The rows of every operation. One of the contract without rows does not compile. */
const cases: Readonly<Record<OperationId, OperationCase>> = {
  ...batchCases,
  ...deviceCases,
  ...policyCases,
  ...customerCases,
};

const muster = await startTestMuster({ settings: { MUSTER_BODY_BYTES: '200000' } });
const otherPartner = await insertTestPartner(muster);

/** Faults that no operation lists, because every one can answer with them. */
const shared: ReadonlySet<FaultName> = new Set([
  'TokenMissing',
  'Unauthorized',
  'InvalidCustomerId',
  'CustomerForbidden',
  'RoleForbidden',
]);

function allowed(role: Role): OperationId[] {
  const all = Object.keys(operations) as OperationId[];
  return all.filter((id) => (operations[id] as Operation).roles.includes(role));
}

test('admin agents do everything, sales agents upload and read, global admins read', () => {
  const reads = allowed('AdminAgents').filter((id) => operations[id].method === 'GET');
  assert.deepEqual(allowed('AdminAgents'), Object.keys(operations));
  assert.deepEqual(allowed('SalesAgents').sort(), [...reads, 'createDeviceBatch', 'addDevices'].sort());
  assert.deepEqual(allowed('GlobalAdmin').sort(), reads.sort());
});

for (const id of Object.keys(operations) as OperationId[]) testOperation(id, operations[id], cases[id]);

function testOperation(id: OperationId, operation: Operation, rows: OperationCase): void {
  const seen = new Set<FaultName>();
  const hasCustomer = operation.path.includes('{customerId}');

  function build(world: World, change: Change = {}): WireRequest {
    const body = 'body' in change ? change.body : rows.body?.(world);
    return {
      method: operation.method,
      path: pathOf(id, world, change.parameters) + (change.query === undefined ? '' : `?${change.query}`),
      ...(body !== undefined && { body }),
      ...(change.headers && { headers: change.headers }),
    };
  }

  async function succeeds(world: World, request: WireRequest): Promise<void> {
    const response = await send(world, request);
    const text = await response.text();
    assert.equal(response.status, operation.success.status, text);
    const { body: schema } = operation.success;
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    if (schema) {
      assert.match(response.headers.get('content-type') ?? '', /^application\/json; charset=utf-8$/);
      assertFits(schema, body);
    } else assert.equal(body, undefined);
    await rows.check({ response, body }, world);
  }

  /** Refused with this fault, and nothing changed. */
  async function refuses(
    world: World,
    request: WireRequest,
    expected: { fault: FaultName; names?: RegExp },
  ): Promise<void> {
    const before = await fingerprint(world);
    const response = await send(world, request);
    const fault = await readFault(response);
    assert.equal(fault.name, expected.fault, fault.description);
    if (expected.names) assert.match(fault.description, expected.names);
    assert.equal(await fingerprint(world), before);
    assert.ok(
      shared.has(fault.name) || operation.faults.includes(fault.name),
      `${id} does not list ${fault.name}`,
    );
    seen.add(fault.name);
  }

  test(`${id}: the documented exchange`, async () => {
    const world = await newWorld(muster);
    await succeeds(world, build(world));
  });

  test(`${id}: the path in any case, doubled slashes, /v1.0`, async () => {
    const paths: readonly ((world: World) => string)[] = [
      (world) => recase(id, world, (text) => text.toLowerCase()),
      (world) => recase(id, world, (text) => text.toUpperCase()),
      (world) => pathOf(id, { ...world, customerId: world.customerId.toUpperCase() }),
      (world) => pathOf(id, world).replaceAll('/', '//'),
      (world) => pathOf(id, world).replace('/v1/', '/v1.0/'),
    ];
    for (const path of paths) {
      const world = await newWorld(muster);
      const response = await send(world, { ...build(world), path: path(world) });
      assert.equal(response.status, operation.success.status, path(world));
    }
  });

  for (const [who, body] of Object.entries(rows.spellings ?? {})) {
    test(`${id}: the body in the words of ${who}`, async () => {
      const world = await newWorld(muster);
      await succeeds(world, build(world, { body: body(world) }));
    });
  }

  for (const refusal of rows.refusals) {
    test(`${id}: ${refusal.what} is refused: ${refusal.fault}`, async () => {
      const world = await newWorld(muster);
      await refuses(world, build(world, await refusal.change(world)), refusal);
    });
  }

  test(`${id}: only with a good token`, async () => {
    const world = await newWorld(muster);
    const request = build(world);
    const soon = await issueTestToken(muster, { expiresAt: Math.floor(Date.now() / 1000) - 1 });
    const elsewhere = await issueTestToken(muster, { audience: 'https://elsewhere.example' });
    const [head, payload] = (await muster.token()).split('.');
    await refuses(world, { ...request, token: '' }, { fault: 'TokenMissing' });
    for (const token of ['tok', soon, elsewhere, `${head}.${payload}.AAAA`])
      await refuses(world, { ...request, token }, { fault: 'Unauthorized' });
  });

  test(`${id}: its roles and no others`, async () => {
    for (const role of [undefined, ...roles]) {
      const world = await newWorld(muster);
      const token = await issueTestToken(muster, { roles: role === undefined ? [] : [role] });
      const request = { ...build(world), token };
      if (role !== undefined && operation.roles.includes(role)) await succeeds(world, request);
      else
        await refuses(world, request, {
          fault: 'RoleForbidden',
          names: new RegExp(operation.roles.join(' or ')),
        });
    }
  });

  test(`${id}: for a signed-in user, too`, async () => {
    const world = await newWorld(muster);
    const user = { id: randomUUID(), name: 'ann@partner.example' };
    await succeeds(world, { ...build(world), token: await issueTestToken(muster, { user }) });
  });

  if (hasCustomer) {
    test(`${id}: another partner's customer is refused`, async () => {
      const world = await newWorld(muster);
      const token = await issueTestToken(muster, { partnerId: otherPartner });
      await refuses(world, { ...build(world), token }, { fault: 'CustomerForbidden' });
    });

    test(`${id}: a customer id that is no GUID is refused`, async () => {
      const world = await newWorld(muster);
      for (const customerId of ['contoso', '%00', `${world.customerId}0`])
        await refuses(world, build(world, { parameters: { customerId } }), {
          fault: 'InvalidCustomerId',
          names: /^customer-id must be a GUID/,
        });
    });
  }

  if (operation.body) testBody(id, { build, succeeds, refuses });
  else {
    test(`${id}: an empty body with a JSON content type is no body`, async () => {
      const world = await newWorld(muster);
      const answer = await exchangeRaw(
        muster.url,
        `${operation.method} ${pathOf(id, world)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await muster.token()}\r\n` +
          'Content-Type: application/json; charset=utf-8\r\nContent-Length: 0\r\n\r\n',
      );
      assert.equal(answer.status, operation.success.status, answer.body);
    });
  }

  test(`${id}: every fault that it lists was seen, and no others`, () => {
    assert.deepEqual([...seen].filter((name) => !shared.has(name)).sort(), [...operation.faults].sort());
  });
}

interface Check {
  build(world: World, change?: Change): WireRequest;
  succeeds(world: World, request: WireRequest): Promise<void>;
  refuses(world: World, request: WireRequest, expected: { fault: FaultName; names?: RegExp }): Promise<void>;
}

function testBody(id: OperationId, { build, succeeds, refuses }: Check): void {
  test(`${id}: a body that cannot be read is refused`, async () => {
    const world = await newWorld(muster);
    const valid = JSON.stringify(build(world).body);
    const bodies: readonly { body: string | Buffer; names: RegExp; headers?: Record<string, string> }[] = [
      { body: '{"', names: /not valid JSON/ },
      { body: `${valid} more`, names: /not valid JSON/ },
      { body: Buffer.from([0x7b, 0xff, 0x7d]), names: /not UTF-8/ },
      { body: Buffer.from(valid, 'utf16le'), names: /not valid JSON|not UTF-8/ },
      { body: valid, names: /not valid gzip/, headers: { 'content-encoding': 'gzip' } },
      { body: valid, names: /neither gzip nor identity/, headers: { 'content-encoding': 'br' } },
    ];
    for (const { body, names, headers } of bodies)
      await refuses(world, build(world, { body, ...(headers && { headers }) }), {
        fault: 'MalformedBody',
        names,
      });
  });

  test(`${id}: a body of another kind is refused`, async () => {
    const world = await newWorld(muster);
    for (const body of ['', 'null', '7', '"text"', 'true'])
      await refuses(world, build(world, { body }), {
        fault: 'InvalidInput',
        names: /^The body must be an (object|array)/,
      });
  });

  test(`${id}: a body that is too large is refused`, async () => {
    const world = await newWorld(muster);
    const body = `${JSON.stringify(build(world).body)}${' '.repeat(200_000)}`;
    await refuses(world, build(world, { body }), { fault: 'BodyTooLarge', names: /200000/ });
    const headers = { 'content-encoding': 'gzip' };
    await refuses(world, build(world, { body: gzipSync(body), headers }), { fault: 'BodyTooLarge' });
  });

  test(`${id}: a gzip body, a byte order mark, and any content type are read`, async () => {
    const zipped = await newWorld(muster);
    const json = (world: World): string => JSON.stringify(build(world).body);
    const headers = { 'content-encoding': 'gzip' };
    await succeeds(zipped, build(zipped, { body: gzipSync(json(zipped)), headers }));
    const marked = await newWorld(muster);
    await succeeds(marked, build(marked, { body: `\uFEFF${json(marked)}` }));
    const typed = await newWorld(muster);
    await succeeds(typed, build(typed, { body: json(typed), headers: { 'content-type': 'text/plain' } }));
  });

  test(`${id}: a body announced with Expect: 100-continue is read`, async () => {
    const world = await newWorld(muster);
    const { method, path, body } = build(world);
    const json = JSON.stringify(body);
    const answer = await exchangeRaw(
      muster.url,
      `${method} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await muster.token()}\r\n` +
        `Content-Type: application/json\r\nExpect: 100-continue\r\nConnection: Keep-Alive\r\nContent-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`,
    );
    assert.equal(answer.status, operations[id].success.status, answer.body);
  });
}
