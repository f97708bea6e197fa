import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { makePartner, startAdministeredMuster } from '../support/administrator.ts';
import { newCustomerId, requestToken, startTestMuster, type TestMuster } from '../support/muster.ts';

const muster = await startAdministeredMuster();

async function finishedJob(node: TestMuster, customer: string): Promise<string> {
  const body = {
    batchId: 'once',
    devices: [{ serialNumber: randomUUID(), oemManufacturerName: 'Contoso', modelName: 'Fast' }],
  };
  const response = await node.call('POST', `/v1/customers/${customer}/deviceBatches`, { body });
  const location = response.headers.get('location') ?? '';
  await node.finished(location);
  return `/v1${location}`;
}

/** What a client sees of an answer, but for what differs from one answer to the next. */
async function seen(response: Response): Promise<unknown> {
  const headers = Object.fromEntries(response.headers);
  for (const name of ['date', 'ms-cv', 'ms-requestid', 'ms-correlationid']) {
    assert.ok(headers[name], `${name} is missing`);
    delete headers[name];
  }
  return { status: response.status, headers, body: await response.text() };
}

/** The one line that was logged of a request, but for what differs from one request to the next. */
async function loggedOf(requestId: string): Promise<object> {
  const lines = () =>
    muster.logLines.filter((line) => line.msg === 'request' && line.requestId === requestId);
  // A line is written after its answer, so the answer may be here first.
  while (lines().length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(lines().length, 1);
  // `reqId` is the framework's own number.
  const { time, ms, requestId: _, reqId: __, ...line } = lines()[0] ?? {};
  assert.deepEqual([typeof time, typeof ms], ['number', 'number']);
  return line;
}

test('an answer from memory is the answer of the routes: same bytes, same headers, logged the same way', async () => {
  const path = await finishedJob(muster, newCustomerId());
  const correlation = { 'MS-CorrelationId': randomUUID() };
  const [first, second] = [randomUUID(), randomUUID()];
  const byRoutes = await muster.call('GET', `/${path}`, {
    headers: { 'MS-RequestId': first, ...correlation },
  });
  const fromMemory = await muster.call('GET', path, { headers: { 'MS-RequestId': second, ...correlation } });
  assert.deepEqual(await seen(fromMemory), await seen(byRoutes));
  const line = await loggedOf(second);
  assert.deepEqual(line, await loggedOf(first));
  assert.deepEqual(
    Object.entries(line).filter(([name]) => ['route', 'status', 'partnerId', 'correlationId'].includes(name)),
    [
      ['route', '/v1/customers/:customerId/batchJobStatus/:trackingId'],
      ['partnerId', muster.credentials.tenantId],
      ['status', 200],
      ['correlationId', correlation['MS-CorrelationId']],
    ],
  );
});

test('ids and the vector of a request come back, also from memory', async () => {
  const path = await finishedJob(muster, newCustomerId());
  const headers = {
    'MS-RequestId': randomUUID(),
    'MS-CorrelationId': randomUUID(),
    'MS-CV': 'YrLe3w6BbUSMt1fi.0',
    'X-Locale': 'zh-TW',
  };
  const answer = await muster.call('GET', path, { headers });
  assert.equal(answer.headers.get('ms-requestid'), headers['MS-RequestId']);
  assert.equal(answer.headers.get('ms-correlationid'), headers['MS-CorrelationId']);
  assert.equal(answer.headers.get('ms-cv'), 'YrLe3w6BbUSMt1fi.0.0');
  assert.equal(answer.headers.get('x-locale'), 'zh-TW');
});

test('memory opens no door: no token, a foreign partner, another customer, a role that may not', async () => {
  const customer = newCustomerId();
  const path = await finishedJob(muster, customer);
  assert.equal((await muster.call('GET', path)).status, 200);
  const partner = await makePartner(muster);
  const token = await requestToken({
    authority: muster.url,
    tenantId: partner.partnerId,
    ...partner.confidential,
  });
  assert.equal((await muster.call('GET', path, { token: '' })).status, 401);
  assert.equal((await muster.call('GET', path, { token: `${await muster.token()}x` })).status, 401);
  // Twice: the second time the token is remembered.
  assert.equal((await muster.call('GET', path, { token })).status, 403);
  assert.equal((await muster.call('GET', path, { token })).status, 403);
  const other = newCustomerId();
  await finishedJob(muster, other);
  assert.equal((await muster.call('GET', path.replace(customer, other))).status, 404);
});

test('on one connection, each request is judged by its own token, at its own time', async () => {
  let now = new Date();
  const node = await startTestMuster({
    databaseUrl: muster.databaseUrl,
    settings: { MUSTER_PUBLIC_URL: muster.url },
    now: () => now,
  });
  const path = await finishedJob(muster, newCustomerId());
  const good = await muster.token();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<unknown>();
  const statusWith = async (token: string): Promise<number | undefined> => {
    const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
    const asked = request(node.url + path, { agent, headers }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    sockets.add(response.socket);
    response.resume();
    await once(response, 'end');
    return response.statusCode;
  };
  // The first two are answered by the routes, which remember the token, the customer and the answer.
  for (let count = 0; count < 4; count += 1) assert.equal(await statusWith(good), 200);
  assert.equal(await statusWith(`${good}x`), 401);
  assert.equal(await statusWith(''), 401);
  assert.equal(await statusWith(good), 200);
  now = new Date(now.getTime() + 3_600_000);
  assert.equal(await statusWith(good), 401);
  assert.equal(sockets.size, 1);
  agent.destroy();
});

test('a request without a Host is no HTTP/1.1, whatever is in memory', async () => {
  const path = await finishedJob(muster, newCustomerId());
  assert.equal((await muster.call('GET', path)).status, 200);
  const { hostname, port } = new URL(muster.url);
  const socket = connect(Number(port), hostname);
  socket.end(`GET ${path} HTTP/1.1\r\nAuthorization: Bearer ${await muster.token()}\r\n\r\n`);
  const [answer] = (await socket.setEncoding('utf8').take(1).toArray()) as [string];
  assert.match(answer, /^HTTP\/1\.1 400 /);
});

test('a customer that moves to another partner is gone from every node that remembered it', async () => {
  const customer = newCustomerId();
  const path = await finishedJob(muster, customer);
  const second = await startTestMuster({
    databaseUrl: muster.databaseUrl,
    settings: { MUSTER_PUBLIC_URL: muster.url },
  });
  const token = await muster.token();
  for (const node of [muster, second]) assert.equal((await node.call('GET', path, { token })).status, 200);
  const partner = await makePartner(muster);
  const moved = await muster.database.query(sql`
    update customers set partner_id = ${partner.partnerId} where customer_id = ${customer} returning 1`);
  assert.equal(moved.length, 1);
  for (const node of [muster, second]) {
    // The notice travels on its own connection: it is there within a moment, not within the commit.
    const deadline = Date.now() + 60_000;
    let status = 200;
    while (status === 200 && Date.now() < deadline) status = (await node.call('GET', path, { token })).status;
    assert.equal(status, 403);
  }
});

test('a customer that is no longer in memory is looked up, as often as that happens', async () => {
  const customer = newCustomerId();
  const path = await finishedJob(muster, customer);
  const token = await muster.token();
  for (let count = 0; count < 20; count += 1) {
    // Each change makes every node forget its customers, a moment later.
    await muster.database.query(sql`
      update customers set company_name = ${`Fabrikam ${count}`} where customer_id = ${customer}`);
    for (let read = 0; read < 5; read += 1)
      assert.equal((await muster.call('GET', path, { token })).status, 200);
  }
});

test('a full rate window holds for answers from memory, too', async () => {
  const now = new Date();
  const limited = await startTestMuster({
    databaseUrl: muster.databaseUrl,
    settings: { MUSTER_PUBLIC_URL: muster.url, MUSTER_CUSTOMER_REQUESTS_PER_MINUTE: '40' },
    now: () => now,
  });
  // The job is waited for on the other node: however often that asks, the window here is still empty.
  const path = await finishedJob(muster, newCustomerId());
  const token = await muster.token();
  for (let count = 0; count < 40; count += 1)
    assert.equal((await limited.call('GET', path, { token })).status, 200);
  const answer = await limited.call('GET', path, { token });
  assert.equal(answer.status, 429);
  assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
});
