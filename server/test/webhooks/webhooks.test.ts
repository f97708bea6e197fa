import assert from 'node:assert/strict';
import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { Webhook } from 'standardwebhooks';
import { newCustomerId, startTestMuster } from '../support/muster.ts';
import { startWebhookReceiver } from '../support/webhook-receiver.ts';

const muster = await startTestMuster({ settings: { MUSTER_WEBHOOK_NETWORKS: '127.0.0.1' } });
const receiver = await startWebhookReceiver();
const root = '/muster/v1/webhookEndpoints';

type Json = Record<string, unknown>;

async function call(method: string, path: string, body?: object): Promise<{ status: number; json: Json }> {
  const response = await muster.call(method, path, body === undefined ? {} : { body });
  const text = await response.text();
  return { status: response.status, json: (text === '' ? {} : JSON.parse(text)) as Json };
}

interface Endpoint {
  readonly path: string;
  readonly endpointId: string;
  readonly secret: string;
  readonly json: Json;
}

/** An endpoint at a path of the receiver of its own. */
async function newEndpoint(settings: Json = {}): Promise<Endpoint> {
  const path = `/${randomUUID()}`;
  const { status, json } = await call('POST', root, { url: receiver.url + path, ...settings });
  assert.equal(status, 200, JSON.stringify(json));
  return { path, endpointId: String(json.endpointId), secret: String(json.secret), json };
}

async function removeEndpoints(...endpoints: readonly Endpoint[]): Promise<void> {
  for (const { endpointId } of endpoints) await call('DELETE', `${root}/${endpointId}`);
}

async function ping({ endpointId }: Endpoint): Promise<string> {
  const { status, json } = await call('POST', `${root}/${endpointId}/ping`);
  assert.equal(status, 200);
  return String(json.eventId);
}

async function upload(customer: string): Promise<{ trackingId: string; deviceId: string; serial: string }> {
  const serial = `SERIAL-${randomUUID()}`;
  const response = await muster.call('POST', `/v1/customers/${customer}/deviceBatches`, {
    body: {
      batchId: 'Office',
      devices: [{ serialNumber: serial, oemManufacturerName: 'Contoso', modelName: 'Told' }],
    },
  });
  const { batchTrackingId, devicesStatus } = await muster.finished(response.headers.get('location') ?? '');
  return { trackingId: batchTrackingId, deviceId: String(devicesStatus[0]?.deviceId), serial };
}

/** The delivery of an event, as soon as it is in this state. */
async function delivery({ endpointId }: Endpoint, eventId: string, state: string): Promise<Json> {
  for (;;) {
    const { json } = await call('GET', `${root}/${endpointId}/deliveries?limit=1000`);
    const found = (json.items as Json[]).find((one) => one.eventId === eventId);
    if (found?.state === state && (state !== 'pending' || found.lastAttemptAt !== undefined)) return found;
  }
}

/** Makes a delivery due, as it is when its pause is over. */
async function makeDue(eventId: string, changes = sql`attempts = attempts`): Promise<void> {
  await muster.database.query(sql`
    update webhook_deliveries set due_at = now(), attempted_at = null, ${changes} where event_id = ${eventId}`);
  await muster.database.query(sql`select pg_notify('muster_event', '')`);
}

test('the end of a job is told once, signed as the Standard Webhooks library wants it, without what is secret', async () => {
  const endpoint = await newEndpoint();
  const customerId = newCustomerId();
  const { trackingId, serial } = await upload(customerId);
  const webhook = await receiver.next(endpoint.path);
  new Webhook(endpoint.secret).verify(webhook.body, webhook.headers);
  assert.throws(() => new Webhook(endpoint.secret).verify(`${webhook.body} `, webhook.headers));
  assert.equal(webhook.event.type, 'batch_job.finished');
  assert.deepEqual(webhook.event.data, {
    customerId,
    trackingId,
    kind: 'register_devices',
    state: 'finished',
    batchId: 'Office',
    devices: { total: 1, succeeded: 1, failed: 0 },
  });
  assert.ok(!webhook.body.includes(serial));
  const told = await delivery(endpoint, webhook.headers['webhook-id'] ?? '', 'delivered');
  assert.deepEqual([told.attempts, told.responseStatus, told.eventType], [1, 204, 'batch_job.finished']);
  const shown = await call('GET', `${root}/${endpoint.endpointId}`);
  assert.equal(shown.json.secret, undefined, 'shown once');
  await removeEndpoints(endpoint);
});

test('a job that broke is told as such', async () => {
  const endpoint = await newEndpoint({ eventTypes: ['batch_job.broken'] });
  await muster.database.pool.query(`
    create function break_always() returns trigger language plpgsql as $$ begin raise 'broken'; end $$;
    create trigger break_always before insert on devices for each statement execute function break_always()`);
  const response = await muster.call('POST', `/v1/customers/${newCustomerId()}/deviceBatches`, {
    body: { batchId: 'B', devices: [{ serialNumber: 'X', oemManufacturerName: 'C', modelName: 'M' }] },
  });
  const location = response.headers.get('location') ?? '';
  // The eighth failure is the last.
  await muster.database.query(sql`
    update batch_jobs set attempts = 8, lease_id = null, due_at = now()
    where batch_tracking_id = ${location.split('/').at(-1)}`);
  const { event } = await receiver.next(endpoint.path);
  assert.deepEqual([event.type, event.data.state], ['batch_job.broken', 'finished_with_errors']);
  await muster.database.pool.query('drop trigger break_always on devices');
  await removeEndpoints(endpoint);
});

test('an endpoint gets the events and the customers it asked for; without an endpoint nothing is kept', async () => {
  const customer = newCustomerId();
  const other = newCustomerId();
  await upload(other);
  const before = await muster.database.query(sql`select from events`);
  const { deviceId } = await upload(customer);
  assert.equal((await muster.database.query(sql`select from events`)).length, before.length);
  const removals = await newEndpoint({ eventTypes: ['device.removed'] });
  const others = await newEndpoint({ customerIds: [other.toUpperCase()] });
  const batch = `/v1/customers/${customer}/deviceBatches/office`;
  assert.equal((await muster.call('DELETE', `${batch}/devices/${deviceId}`)).status, 204);
  const { event } = await receiver.next(removals.path);
  assert.deepEqual(event.data, { customerId: customer, batchId: 'Office', deviceId });
  const { json } = await call('GET', `${root}/${others.endpointId}/deliveries`);
  assert.deepEqual(json, { items: [] });
  await removeEndpoints(removals, others);
});

test('after a rotation both secrets verify for as long as was asked, then the new one alone', async () => {
  const endpoint = await newEndpoint();
  const rotated = await call('POST', `${root}/${endpoint.endpointId}/rotateSecret?formerKeyHours=1`);
  const secret = String(rotated.json.secret);
  assert.notEqual(secret, endpoint.secret);
  await ping(endpoint);
  const both = await receiver.next(endpoint.path);
  for (const one of [secret, endpoint.secret]) new Webhook(one).verify(both.body, both.headers);
  const last = await call('POST', `${root}/${endpoint.endpointId}/rotateSecret?formerKeyHours=0`);
  await ping(endpoint);
  const one = await receiver.next(endpoint.path);
  new Webhook(String(last.json.secret)).verify(one.body, one.headers);
  assert.throws(() => new Webhook(secret).verify(one.body, one.headers));
  await removeEndpoints(endpoint);
});

test('an ed25519 signature verifies with the public key, and no secret is given out', async () => {
  const endpoint = await newEndpoint({ signatureVersion: 'v1a' });
  assert.equal(endpoint.json.secret, undefined);
  await ping(endpoint);
  const { headers, body } = await receiver.next(endpoint.path);
  const [version, signature = ''] = headers['webhook-signature']?.split(',') ?? [];
  assert.equal(version, 'v1a');
  const x = Buffer.from(String(endpoint.json.publicKey).replace('whpk_', ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  assert.ok(verify(null, content, key, Buffer.from(signature, 'base64')));
  await removeEndpoints(endpoint);
});

test('what is not answered with 2xx is sent again, under the same id, not before Retry-After', async () => {
  const endpoint = await newEndpoint();
  receiver.answer(endpoint.path, (response) =>
    response.writeHead(302, { location: `${receiver.url}/elsewhere`, 'retry-after': '7200' }).end(),
  );
  const eventId = await ping(endpoint);
  await receiver.next(endpoint.path);
  const failed = await delivery(endpoint, eventId, 'pending');
  assert.deepEqual([failed.attempts, failed.responseStatus], [1, 302]);
  const pause = Date.parse(String(failed.nextAttemptAt)) - Date.parse(String(failed.lastAttemptAt));
  assert.ok(pause >= 7_199_000, `${pause} ms`);
  const { json } = await call('GET', `${root}/${endpoint.endpointId}`);
  assert.equal(typeof json.failingSince, 'string');
  // The tenth attempt is the last.
  await makeDue(eventId, sql`attempts = 9`);
  await receiver.next(endpoint.path);
  assert.equal((await delivery(endpoint, eventId, 'failed')).attempts, 10);
  receiver.answer(endpoint.path, (response) => response.writeHead(200).end('thanks'));
  const again = await call('POST', `${root}/${endpoint.endpointId}/deliveries/${eventId}/resend`);
  assert.deepEqual([again.status, again.json], [200, { eventId }]);
  assert.equal((await receiver.next(endpoint.path)).headers['webhook-id'], eventId);
  assert.equal((await delivery(endpoint, eventId, 'delivered')).attempts, 1);
  const working = await call('GET', `${root}/${endpoint.endpointId}`);
  assert.equal(working.json.failingSince, undefined);
  await removeEndpoints(endpoint);
});

test('an endpoint that is gone, or fails for five days, is disabled, and another one is told', async () => {
  const watcher = await newEndpoint({ eventTypes: ['webhook_endpoint.disabled'] });
  const gone = await newEndpoint();
  receiver.answer(gone.path, (response) => response.writeHead(410).end());
  const lost = await ping(gone);
  const { event } = await receiver.next(watcher.path);
  assert.deepEqual(event.data, { endpointId: gone.endpointId, reason: 'gone' });
  assert.equal((await delivery(gone, lost, 'failed')).responseStatus, 410);
  const shown = await call('GET', `${root}/${gone.endpointId}`);
  assert.deepEqual([shown.json.isEnabled, shown.json.disabledReason], [false, 'gone']);
  assert.equal((await call('POST', `${root}/${gone.endpointId}/ping`)).status, 409);
  const failing = await newEndpoint();
  receiver.answer(failing.path, (response) => response.writeHead(500).end());
  await muster.database.query(sql`
    update webhook_endpoints set failing_since = now() - interval '121 hours'
    where webhook_endpoint_id = ${failing.endpointId}`);
  await ping(failing);
  const second = await receiver.next(watcher.path);
  assert.deepEqual(second.event.data, { endpointId: failing.endpointId, reason: 'failing' });
  receiver.answer(failing.path, (response) => response.writeHead(200).end());
  const enabled = await call('PATCH', `${root}/${failing.endpointId}`, { isEnabled: true });
  assert.deepEqual([enabled.json.isEnabled, enabled.json.failingSince], [true, undefined]);
  await delivery(failing, await ping(failing), 'delivered');
  await removeEndpoints(watcher, gone, failing);
});

test('what cannot be an endpoint is refused, and the response names it', async () => {
  const url = 'https://hooks.example/';
  const stranger = newCustomerId();
  for (const [body, fault] of [
    [{}, /url is missing/],
    [{ url: 'hooks.example' }, /url must be a URL/],
    [{ url: 'ftp://hooks.example' }, /url must be a URL/],
    [{ url: 'https://me:secret@hooks.example' }, /url must not contain a user name/],
    [{ url: 'http://169.254.169.254/latest' }, /url is a loopback, private/],
    [{ url: 'http://[::ffff:10.0.0.1]/' }, /url is a loopback, private/],
    [{ url: 'http://2130706434/' }, /url is a loopback, private/],
    [{ url, eventTypes: ['batch_job.started'] }, /eventTypes\[0\] must be one of/],
    [{ url, customerIds: ['x'] }, /customerIds\[0\]/],
    [{ url, customerIds: [stranger] }, new RegExp(stranger)],
    [{ url, secret: 'whsec_mine' }, /secret is not a known property/],
    [{ url, signatureVersion: 'v2' }, /signatureVersion must be one of/],
  ] as const) {
    const { status, json } = await call('POST', root, body);
    assert.match(String(json.description), fault, JSON.stringify(body));
    assert.equal(status, 'customerIds' in body && body.customerIds[0] === stranger ? 403 : 400);
  }
  const made = await Promise.all(Array.from({ length: 20 }, () => newEndpoint()));
  const { status, json } = await call('POST', root, { url });
  assert.deepEqual([status, /20 webhook endpoints/.test(String(json.description))], [400, true]);
  await removeEndpoints(...made);
});
