import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleValues } from '@muster/contract/openapi/examples';
import type { ApiResponse, OpenApiDocument } from '@muster/contract/openapi/open-api-types';
import { schemaChecker } from '../../../contract/test/openapi/schema-checker.ts';
import { startAdministeredMuster } from '../support/administrator.ts';
import {
  findContinuationToken,
  findCursor,
  newExampleEndpoint,
  newExampleWorld,
  newSignIn,
  type Replacements,
} from './example-world.ts';
import { replayedRequests, type ReplayedRequest } from './replayed-request.ts';

const muster = await startAdministeredMuster({ settings: { MUSTER_PASSWORD_GRANT: 'true' } });
// The document a client sees, not the one the code would make.
const document = (await (await fetch(`${muster.url}/openapi.json`)).json()) as OpenApiDocument;
const { fits } = schemaChecker(document);
const requests = replayedRequests(document);
const signIn = await newSignIn(muster);

for (const request of requests) {
  test(`example replayed, answered as documented: ${request.what}`, async () => {
    const world = await worldOf(request);
    const response = await send(request, world);
    const status = successOf(request);
    const text = await checkAnswer(request, response, status);
    const location = response.headers.get('location');
    if (location !== null) await checkJob(request, location);
    else if (status === '204') assert.equal(text, '');
  });
}

test('no operation of the document is without a replayed example', () => {
  const replayed = new Set(requests.map(({ operation }) => operation.operationId));
  const all = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  assert.deepEqual(
    [...replayed],
    all.map(({ operationId }) => operationId),
  );
  assert.ok(requests.length > 70);
});

for (const request of requests.filter(({ operation, what }) => isSecured(operation) && !what.includes(','))) {
  test(`example without a token, refused as documented: ${request.what}`, async () => {
    await checkAnswer(request, await send(request, signIn, ''), '401');
  });
}

/** An operation that can be tried out has two: 200 for that, and the other one for the call itself. */
function successOf({ operation, query }: ReplayedRequest): string {
  const statuses = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
  return (
    statuses.find((status) => status !== '200' || query.dryRun === 'true' || statuses.length === 1) ?? ''
  );
}

function isSecured({ security }: ReplayedRequest['operation']): boolean {
  return security === undefined || security.length > 0;
}

async function worldOf({ operation, headers, path, query }: ReplayedRequest): Promise<Replacements> {
  const { operationId } = operation;
  if (operation.tags.includes('Tokens')) return signIn;
  const isOfWebhooks = /^Muster: (webhooks|events)$/.test(operation.tags[0] ?? '');
  const endpoint = isOfWebhooks ? await newExampleEndpoint(muster) : [];
  const world = await newExampleWorld(muster, {
    batchId: operationId === 'createDeviceBatch' ? 'Another batch' : exampleValues.batchId,
    // A second page to ask for.
    devices: operationId === 'listDevices' ? 101 : 2,
    things: endpoint,
    uploads: operationId === 'listDeviceHistory' ? 2 : 1,
  });
  if (query.cursor !== undefined)
    return [...world, [exampleValues.cursor, await findCursor(muster, path, world)]];
  if (headers['MS-ContinuationToken'] === undefined) return world;
  return [
    ...world,
    [exampleValues.continuationToken, await findContinuationToken(muster, operationId, world)],
  ];
}

/** Sends what the document shows, with the world's own values in the place of its examples. */
async function send(request: ReplayedRequest, world: Replacements, token?: string): Promise<Response> {
  const put = (text: string): string =>
    world.reduce(
      (result, [example, real]) => (result === example ? real : result.replaceAll(example, real)),
      text,
    );
  const { body } = request;
  const query = new URLSearchParams(mapValues(request.query, put)).toString();
  const bearer = token ?? (isSecured(request.operation) ? await muster.token() : '');
  return muster.call(request.method, put(request.path) + (query === '' ? '' : `?${query}`), {
    token: bearer,
    headers: { ...mapValues(request.headers, put), ...(body && { 'content-type': body.type }) },
    ...(body && { body: encode(body, put) }),
  });
}

function encode({ type, value }: { type: string; value: unknown }, put: (text: string) => string): string {
  if (type === 'application/json') return put(JSON.stringify(value));
  return new URLSearchParams(mapValues(value as Record<string, string>, put)).toString();
}

function mapValues(
  values: Readonly<Record<string, string>>,
  map: (text: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}

/** Status, headers, content type and body are those of the document; gives the body. */
async function checkAnswer(request: ReplayedRequest, response: Response, status: string): Promise<string> {
  const text = await response.text();
  assert.equal(String(response.status), status, text);
  const documented = resolve(request.operation.responses[status]);
  for (const name of Object.keys(documented.headers))
    assert.ok(
      response.headers.has(name) || document.components.headers[name]?.required !== true,
      `no ${name}`,
    );
  const content = documented.content?.['application/json'];
  if (!content) {
    assert.equal(text, '');
    return text;
  }
  assert.match(response.headers.get('content-type') ?? '', /^application\/json; charset=utf-8$/);
  fits(content.schema, JSON.parse(text), request.what);
  return text;
}

function resolve(response: ApiResponse | { $ref: string } | undefined): ApiResponse {
  if (response && !('$ref' in response)) return response;
  const shared = document.components.responses[response?.$ref.replace('#/components/responses/', '') ?? ''];
  assert.ok(shared, 'the answer is not documented');
  return shared;
}

/** The job ends, has an outcome for each device of the example, and is told as documented. */
async function checkJob({ body, what }: ReplayedRequest, location: string): Promise<void> {
  const job = await muster.finished(location);
  fits({ $ref: '#/components/schemas/BatchUploadDetails' }, job, what);
  assert.equal(job.status, 'finished');
  const value = (body?.value ?? {}) as Record<string, unknown>;
  const devices = Array.isArray(value) ? value : (value.devices ?? value.Devices ?? value.deviceIds);
  // A job that is asked for without a list is about the devices of the world.
  if (devices) assert.equal(job.progress.total, (devices as unknown[]).length);
  else assert.ok(job.progress.total > 0);
  const isUsable = !JSON.stringify(value).includes('DummyHash');
  if (isUsable) assert.equal(job.progress.failed, 0, JSON.stringify(job.devicesStatus));
}
