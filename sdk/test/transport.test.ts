import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  BadRequestError,
  CertificateError,
  clientSecretCredential,
  clouds,
  connectPartner,
  ConnectionError,
  NotFoundError,
  ResponseError,
  ServerError,
  TimeoutError,
  TooManyRequestsError,
  UnauthorizedError,
  UnreadableResponseError,
  type PartnerOptions,
} from '../src/index.ts';
import { countingCredential } from './support/counting-credential.ts';
import { instantRuntime } from './support/instant-runtime.ts';
import { startScriptedServer, type ScriptedAnswer } from './support/scripted-server.ts';

const customerId = 'c7f3c849-129f-4b85-a96d-4f8e88b315a3';
const done: ScriptedAnswer = { status: 200, body: { id: customerId } };

async function connect(
  t: TestContext,
  answers: readonly ScriptedAnswer[],
  options?: Partial<PartnerOptions>,
) {
  const server = await startScriptedServer(t, answers);
  const runtime = instantRuntime();
  const credentials = countingCredential(runtime.now);
  const partner = connectPartner({ baseUrl: server.url, credentials, runtime, ...options });
  return { ...server, runtime, credentials, partner, customer: partner.customers.byId(customerId) };
}

test('a call carries the headers of Partner Center, one correlation id per partner and a request id of its own', async (t) => {
  const { partner, customer, requests } = await connect(t, [done], {
    locale: 'zh-TW',
    applicationName: 'Depot',
  });
  await customer.get();
  await customer.get();
  const [first, second] = requests.map((request) => request.headers);
  assert.equal(first?.authorization, 'Bearer token-1');
  assert.equal(first?.accept, 'application/json');
  assert.equal(first?.['x-locale'], 'zh-TW');
  assert.equal(first?.['ms-partnercenter-application'], 'Depot');
  assert.match(String(first?.['ms-requestid']), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal(first?.['ms-correlationid'], partner.correlationId);
  assert.equal(second?.['ms-correlationid'], partner.correlationId);
  assert.notEqual(first?.['ms-requestid'], second?.['ms-requestid']);
  assert.equal(first?.['content-type'], undefined);
});

test('the API is at /v1 below the base URL, with or without a slash at its end', async (t) => {
  for (const end of ['', '/', '/prefix/']) {
    const { url, requests } = await startScriptedServer(t, [done]);
    const partner = connectPartner({ baseUrl: url + end, credentials: countingCredential() });
    await partner.customers.byId('a b#1/ü').get();
    assert.equal(requests[0]?.path, `${end.replace(/\/$/, '')}/v1/customers/a%20b%231%2F%C3%BC`);
  }
});

test('an id that would change the path is refused before anything is sent', async (t) => {
  const { partner, requests } = await connect(t, [done]);
  for (const id of ['', '.', '..']) assert.throws(() => partner.customers.byId(id), TypeError);
  assert.equal(requests.length, 0);
});

test('the base URL of a cloud asks for the tokens of that cloud, as its name does', async () => {
  const { baseUrl, scopes } = clouds.china21Vianet;
  const fetch = async () => Response.json({ id: customerId, domain: baseUrl });
  for (const where of [{ cloud: 'china21Vianet' }, { baseUrl }, { baseUrl: `${baseUrl}/` }] as const) {
    const credentials = countingCredential();
    await connectPartner({ ...where, credentials, fetch })
      .customers.byId(customerId)
      .get();
    assert.deepEqual(credentials.asked, [scopes]);
  }
});

test('a base URL that is no web address is refused at once', () => {
  for (const baseUrl of ['', 'localhost:8080', 'ftp://host'])
    assert.throws(() => connectPartner({ baseUrl, credentials: countingCredential() }), TypeError);
});

for (const failure of ['cut', { status: 503 }, { status: 500 }, { status: 408 }, { status: 429 }] as const) {
  const name = failure === 'cut' ? 'a broken connection' : `a ${failure.status}`;
  test(`${name} is tried again under the same request id until it succeeds`, async (t) => {
    const { customer, requests, runtime } = await connect(t, [failure, failure, failure, done]);
    await customer.deviceBatches.create({ batchId: 'b', devices: [] }).catch(() => undefined);
    assert.equal(requests.length, 4);
    assert.equal(new Set(requests.map((request) => request.headers['ms-requestid'])).size, 1);
    assert.equal(new Set(requests.map((request) => request.body)).size, 1);
    assert.deepEqual(runtime.slept, [375, 750, 1500]);
  });
}

for (const status of [400, 401, 403, 404, 409, 501]) {
  test(`a ${status} is not tried again`, async (t) => {
    const { customer, requests, runtime } = await connect(t, [{ status }]);
    await assert.rejects(
      customer.get(),
      (error) => error instanceof ResponseError && error.status === status,
    );
    // A refused token is renewed once.
    assert.equal(requests.length, status === 401 ? 2 : 1);
    assert.deepEqual(runtime.slept, []);
  });
}

test('Retry-After is obeyed, in seconds and as a date', async (t) => {
  const date = new Date(Date.UTC(2026, 0, 1, 0, 2)).toUTCString();
  const { customer, runtime } = await connect(t, [
    { status: 429, headers: { 'Retry-After': '57' } },
    { status: 503, headers: { 'Retry-After': date } },
    done,
  ]);
  await customer.get();
  assert.deepEqual(runtime.slept, [57_000, 63_000]);
});

test('a Retry-After beyond the limit fails at once and says how long', async (t) => {
  const { customer, requests } = await connect(t, [{ status: 429, headers: { 'Retry-After': '3600' } }]);
  await assert.rejects(
    customer.get(),
    (error) => error instanceof TooManyRequestsError && error.retryAfterMs === 3_600_000,
  );
  assert.equal(requests.length, 1);
});

test('tries are counted and end', async (t) => {
  const { customer, requests } = await connect(t, [{ status: 503 }], { retry: { triesMax: 3 } });
  await assert.rejects(customer.get(), (error) => error instanceof ServerError && error.tries === 3);
  assert.equal(requests.length, 3);
});

test('an error tells status, code, description, data and both ids', async (t) => {
  const fault = { code: '800002', description: 'devices is missing.', data: ['devices'], source: 'Muster' };
  const { partner, customer, requests } = await connect(t, [{ status: 400, body: fault }]);
  const error = await customer.get().catch((caught: unknown) => caught);
  assert.ok(error instanceof BadRequestError);
  assert.equal(error.message, '400 (code 800002): devices is missing.');
  assert.deepEqual([error.code, error.description, error.data], ['800002', fault.description, ['devices']]);
  assert.equal(error.requestId, requests[0]?.headers['ms-requestid']);
  assert.equal(error.correlationId, partner.correlationId);
});

test("Partner Center's throttling answer, which is no fault, is readable too", async (t) => {
  const body = { statusCode: 429, message: 'Rate limit is exceeded. Try again in 57 seconds.' };
  const { customer } = await connect(t, [{ status: 429, body }], { retry: { triesMax: 1 } });
  await assert.rejects(customer.get(), { code: '429', description: body.message });
});

test('a page of HTML where JSON is due is an error that names the address, not a parser error', async (t) => {
  const { customer, url } = await connect(t, [{ status: 200, body: '<html>Sign in</html>' }]);
  await assert.rejects(customer.get(), (error) => {
    assert.ok(error instanceof UnreadableResponseError);
    assert.match(error.message, /text\/html/);
    assert.ok(error.message.includes(url));
    return true;
  });
});

test('a redirect is an error: the token does not travel to another host', async (t) => {
  const other = await startScriptedServer(t, [done]);
  const { customer } = await connect(t, [{ status: 302, headers: { Location: other.url } }]);
  await assert.rejects(customer.get(), ResponseError);
  assert.equal(other.requests.length, 0);
});

test('a byte order mark before the JSON does no harm', async (t) => {
  const { customer } = await connect(t, [{ status: 200, body: '\uFEFF{"id":"x"}' }]);
  assert.deepEqual(await customer.get(), { id: 'x' });
});

test('an unreachable host is a ConnectionError that names it', async () => {
  const runtime = instantRuntime();
  const partner = connectPartner({
    baseUrl: 'http://127.0.0.1:1',
    credentials: countingCredential(),
    runtime,
    retry: { triesMax: 2 },
  });
  await assert.rejects(partner.customers.byId('c').get(), (error) => {
    assert.ok(error instanceof ConnectionError);
    assert.match(error.message, /127\.0\.0\.1/);
    return true;
  });
  assert.equal(runtime.slept.length, 1);
});

test('a certificate that does not stand is told at once: trying again does not help', async () => {
  let tries = 0;
  const cause = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  const fetch = () => {
    tries += 1;
    return Promise.reject(new TypeError('fetch failed', { cause }));
  };
  const baseUrl = 'https://muster.test';
  const isTold = (error: unknown) =>
    error instanceof CertificateError && error.origin === baseUrl && error.code === cause.code;
  const options = { baseUrl, fetch, runtime: instantRuntime() };
  const api = connectPartner({ ...options, credentials: countingCredential() });
  await assert.rejects(api.customers.byId(customerId).get(), isTold);
  assert.equal(tries, 1);
  const application = { authority: baseUrl, tenantId: 't', clientId: 'c', clientSecret: 's', fetch };
  const credentials = clientSecretCredential(application);
  const authority = connectPartner({ ...options, credentials });
  await assert.rejects(authority.customers.byId(customerId).get(), isTold);
  assert.equal(tries, 2);
});

test('a time-out without end is one', async (t) => {
  const { customer } = await connect(t, [done], { timeoutMs: Infinity });
  assert.equal((await customer.get()).id, customerId);
});

test('a try that gets no answer in time is tried again, then a TimeoutError', async (t) => {
  // Counted where they are sent: on a slow machine the time is over before the server has seen the request.
  let sent = 0;
  const counting: typeof fetch = (...request) => {
    sent += 1;
    return fetch(...request);
  };
  const options = { timeoutMs: 20, retry: { triesMax: 2 }, fetch: counting };
  const { customer } = await connect(t, ['never'], options);
  await assert.rejects(customer.get(), TimeoutError);
  assert.equal(sent, 2);
});

test('an aborted call throws the reason of its signal, also between two tries', async (t) => {
  const stop = new AbortController();
  const reason = new Error('enough');
  const { customer } = await connect(t, ['never'], {});
  const call = customer.get({ signal: stop.signal });
  stop.abort(reason);
  await assert.rejects(call, (error) => error === reason);

  const { customer: retried } = await connect(t, [{ status: 503 }], {
    runtime: { ...instantRuntime(), sleep: (_, signal) => Promise.reject(signal?.reason) },
  });
  await assert.rejects(retried.get({ signal: AbortSignal.abort(reason) }), (error) => error === reason);
});

test('a refused token is renewed once; a second refusal stands', async (t) => {
  const refused: ScriptedAnswer = { status: 401 };
  const once = await connect(t, [refused, done]);
  await once.customer.get();
  assert.deepEqual(
    once.requests.map((request) => request.headers.authorization),
    ['Bearer token-1', 'Bearer token-2'],
  );
  const twice = await connect(t, [refused, refused, done]);
  await assert.rejects(twice.customer.get(), UnauthorizedError);
});

test('a deletion that finds nothing after a lost answer has done its work; otherwise it is a NotFoundError', async (t) => {
  const lost = await connect(t, ['cut', { status: 404 }]);
  await lost.customer.configurationPolicies.byId('p').delete();
  const absent = await connect(t, [{ status: 503 }, { status: 404 }]);
  await assert.rejects(absent.customer.configurationPolicies.byId('p').delete(), NotFoundError);
});

test('an accepted call without a Location is an error: its job could not be followed', async (t) => {
  const { customer } = await connect(t, [{ status: 202 }]);
  await assert.rejects(customer.deviceBatches.create({ batchId: 'b', devices: [] }), UnreadableResponseError);
});

test('the tracking id is the last part of any form of Location', async (t) => {
  for (const start of ['', '/v1', 'https://host/v1']) {
    const { customer } = await connect(t, [
      { status: 202, headers: { Location: `${start}/customers/c/batchJobStatus/t-1` } },
    ]);
    const job = await customer.deviceBatches.byId('b').devices.create([{ serialNumber: '1' }]);
    assert.equal(job.trackingId, 't-1');
  }
});

test('no error holds the token or what was sent', async (t) => {
  const { customer } = await connect(t, [{ status: 400, body: { code: 1, description: 'no' } }]);
  const devices = [{ hardwareHash: 'SECRET-HASH' }];
  const error = await customer.deviceBatches
    .create({ batchId: 'b', devices })
    .catch((caught: unknown) => caught);
  assert.ok(error instanceof Error);
  const shown = `${error.stack}${JSON.stringify(error)}`;
  assert.doesNotMatch(shown, /SECRET-HASH|token-1/);
});

test("fetch is called by its bare name, as a browser's must be", async () => {
  const receivers: unknown[] = [];
  function strictFetch(this: unknown): Promise<Response> {
    receivers.push(this);
    return Promise.resolve(Response.json({}));
  }
  const partner = connectPartner({
    baseUrl: 'http://x',
    credentials: countingCredential(),
    fetch: strictFetch,
  });
  await partner.customers.byId('c').get();
  assert.deepEqual(receivers, [undefined]);
});

test('a raw call may replace headers of the SDK, but not the token', async (t) => {
  const { partner, requests } = await connect(t, [done]);
  const headers = { 'x-locale': 'de-DE', authorization: 'Bearer mine', 'X-Own': '1' };
  const { status, body } = await partner.send({
    method: 'PUT',
    path: '/profiles/x?y=1',
    body: '{}',
    headers,
  });
  assert.deepEqual([status, body], [200, { id: customerId }]);
  const [seen] = requests;
  assert.deepEqual([seen?.method, seen?.path, seen?.body], ['PUT', '/v1/profiles/x?y=1', '{}']);
  assert.equal(seen?.headers['x-locale'], 'de-DE');
  assert.equal(seen?.headers['x-own'], '1');
  assert.equal(seen?.headers.authorization, 'Bearer token-1');
});
