import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  connectPartner,
  ConnectionError,
  type CallHooks,
  type RequestEvent,
  type ResponseEvent,
  type RetryEvent,
} from '../src/index.ts';
import { countingCredential } from './support/counting-credential.ts';
import { instantRuntime } from './support/instant-runtime.ts';
import { startScriptedServer, type ScriptedAnswer } from './support/scripted-server.ts';

const accepted: ScriptedAnswer = { status: 202, headers: { Location: '/customers/c/batchJobStatus/t' } };

function fail(): never {
  throw new Error('the log is full');
}

function connect(baseUrl: string, hooks: CallHooks) {
  const runtime = instantRuntime();
  const credentials = countingCredential(runtime.now);
  return connectPartner({ baseUrl, credentials, runtime, ...hooks }).customers.byId('c');
}

test('the hooks are told of each try, its result, and each pause before another one', async (t) => {
  const answers = ['cut', { status: 503 }, { status: 401 }, accepted] as const;
  const { url } = await startScriptedServer(t, answers);
  const seen = {
    requests: [] as RequestEvent[],
    responses: [] as ResponseEvent[],
    retries: [] as RetryEvent[],
  };
  const customer = connect(url, {
    onRequest: (event) => seen.requests.push(event),
    onResponse: (event) => seen.responses.push(event),
    onRetry: (event) => seen.retries.push(event),
  });
  const job = await customer.deviceBatches.create({ batchId: 'b', devices: [{ hardwareHash: 'SECRET' }] });
  assert.deepEqual(
    seen.requests.map(({ method, url, tries }) => [method, url, tries]),
    [1, 2, 3, 4].map((tries) => ['POST', `${url}/v1/customers/c/deviceBatches`, tries]),
  );
  const ids = seen.responses.map(({ requestId, correlationId }) => [requestId, correlationId]);
  assert.deepEqual(
    ids,
    ids.map(() => [job.requestId, job.correlationId]),
  );
  assert.deepEqual(
    seen.responses.map(({ status }) => status),
    [undefined, 503, 401, 202],
  );
  assert.ok(seen.responses[0]?.error instanceof ConnectionError);
  assert.deepEqual(
    seen.retries.map(({ tries, delayMs }) => [tries, delayMs]),
    [
      [1, 375],
      [2, 750],
      [3, 0],
    ],
  );
  assert.doesNotMatch(JSON.stringify(seen), /SECRET|token-1/);
});

test('a hook that throws does not fail the call', async (t) => {
  const { url } = await startScriptedServer(t, [{ status: 503 }, accepted]);
  const customer = connect(url, { onRequest: fail, onResponse: fail, onRetry: fail });
  assert.equal((await customer.deviceBatches.create({ batchId: 'b', devices: [] })).trackingId, 't');
});

test('a customer that nobody knew before is reported, so that its empty lists are not taken for the truth', async (t) => {
  const claimed = { status: 200, headers: { 'Muster-Customer-Claimed': 'true' }, body: { items: [] } };
  const { url } = await startScriptedServer(t, [claimed, { status: 200, body: { items: [] } }]);
  const seen: string[] = [];
  const customer = connect(url, { onCustomerClaimed: (customerId) => seen.push(customerId) });
  for (let count = 0; count < 2; count += 1)
    assert.deepEqual(await customer.deviceBatches.list().toArray(), []);
  assert.deepEqual(seen, ['c']);
});
