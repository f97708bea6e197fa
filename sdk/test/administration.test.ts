import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adminOperations, type AdminOperation } from '@muster/contract/admin/admin-operations';
import { startAdministeredMuster } from '../../server/test/support/administrator.ts';
import {
  connectAdministration,
  ConflictError,
  NotFoundError,
  ServerError,
  UnauthorizedError,
} from '../src/index.ts';
import { instantRuntime } from './support/instant-runtime.ts';

test('every administration operation of the contract has a method, and every method sends one of them', async () => {
  const sent = new Set<string>();
  const administration = connectAdministration({
    baseUrl: 'http://muster.example',
    secret: 'secret',
    fetch: (url, init) => {
      sent.add(`${init?.method} ${new URL(String(url)).pathname.replace('/admin/v1', '')}`);
      return Promise.resolve(
        init?.method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json({ items: [] }),
      );
    },
  });
  const { partners, applications, applicationSecrets, users, customers } = administration;
  const { signingKeys, administrators } = administration;
  await partners.list().toArray();
  await partners.create({ name: 'n', domainName: 'd.example' });
  await partners.get('{partnerId}');
  await partners.update('{partnerId}', {});
  await partners.delete('{partnerId}');
  await applications.list('{partnerId}').toArray();
  await applications.create('{partnerId}', { name: 'n' });
  await applications.get('{clientId}');
  await applications.update('{clientId}', {});
  await applications.delete('{clientId}');
  await applicationSecrets.list('{clientId}').toArray();
  await applicationSecrets.create('{clientId}');
  await applicationSecrets.delete('{clientId}', '{secretId}');
  await users.list('{partnerId}').toArray();
  await users.create('{partnerId}', { userPrincipalName: 'u', roles: [] });
  await users.get('{userId}');
  await users.update('{userId}', {});
  await users.delete('{userId}');
  await customers.list().toArray();
  await customers.create({ partnerId: 'p', companyName: 'c' });
  await customers.get('{customerId}');
  await customers.update('{customerId}', {});
  await customers.endRelationship('{customerId}');
  await signingKeys.list().toArray();
  await signingKeys.rotate();
  await signingKeys.delete('{keyId}');
  await administrators.list().toArray();
  await administrators.create({ name: 'n' });
  await administrators.delete('{administratorId}');
  const promised = Object.values(adminOperations as Record<string, AdminOperation>).map(
    ({ method, path }) => `${method} ${path}`,
  );
  const written = Array.from(sent, (call) => call.replaceAll('%7B', '{').replaceAll('%7D', '}'));
  assert.deepEqual(written.sort(), promised.sort());
});

test('an id that would name another resource is refused before anything is sent', async () => {
  const administration = connectAdministration({
    baseUrl: 'http://muster.example',
    secret: 'secret',
    fetch: () => Promise.reject(new Error('nothing may be sent')),
  });
  for (const id of ['', '.', '..']) await assert.rejects(administration.partners.delete(id), TypeError);
});

test('a call that reads is tried again, and one that changes something is sent once', async () => {
  const sent: string[] = [];
  const administration = connectAdministration({
    baseUrl: 'http://muster.example',
    secret: 'secret',
    runtime: instantRuntime(),
    fetch: (_url, init) => {
      sent.push(init?.method ?? '');
      return Promise.resolve(new Response('{}', { status: 503 }));
    },
  });
  await assert.rejects(administration.partners.get('p'), ServerError);
  assert.equal(sent.length, 6);
  await assert.rejects(administration.partners.create({ name: 'n', domainName: 'd.example' }), ServerError);
  assert.equal(sent.length, 7);
});

test('against a service: lists are read to their end, and failures are those of the error tree', async () => {
  const muster = await startAdministeredMuster();
  const administration = connectAdministration({ baseUrl: muster.url, secret: muster.adminSecret });
  const partner = await administration.partners.create({ name: 'Fabrikam', domainName: 'lists.example' });
  const { partnerId } = partner;
  await Promise.all(
    Array.from({ length: 105 }, (_, number) =>
      administration.customers.create({ partnerId, companyName: `Customer ${number}` }),
    ),
  );
  const customers = await administration.customers.list({ partnerId }).toArray();
  assert.equal(new Set(customers.map(({ customerId }) => customerId)).size, 105);
  await assert.rejects(administration.partners.delete(partnerId), ConflictError);
  await assert.rejects(administration.partners.get(crypto.randomUUID()), NotFoundError);
  const wrong = connectAdministration({ baseUrl: muster.url, secret: 'a-wrong-secret-of-an-administrator' });
  await assert.rejects(wrong.partners.list().toArray(), UnauthorizedError);
});

test('a refused secret is not sent a second time', async () => {
  let count = 0;
  const administration = connectAdministration({
    baseUrl: 'http://muster.example',
    secret: 'secret',
    fetch: () => {
      count += 1;
      return Promise.resolve(new Response('{}', { status: 401 }));
    },
  });
  await assert.rejects(administration.partners.get('p'), UnauthorizedError);
  assert.equal(count, 1);
});
