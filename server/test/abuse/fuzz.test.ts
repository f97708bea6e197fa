import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import type { OpenApiDocument } from '@muster/contract/openapi/open-api-types';
import fc from 'fast-check';
import { newExampleWorld, newSignIn, type Replacements } from '../openapi/example-world.ts';
import { replayedRequests, type ReplayedRequest } from '../openapi/replayed-request.ts';
import { startAdministeredMuster } from '../support/administrator.ts';
import { startNodeProcess } from '../support/node-process.ts';
import { fuzzedRequest, type Draft } from './fuzzed-request.ts';

/** How many requests: `npm run fuzz` sends many more. */
const numRuns = Number(process.env.MUSTER_FUZZ_REQUESTS ?? 1000);
const seed = process.env.MUSTER_FUZZ_SEED === undefined ? undefined : Number(process.env.MUSTER_FUZZ_SEED);
const memoryMax = 512 * 1024 * 1024;
/** After this silence the client closes its side: a request that lacks its end is never answered. */
const silenceMs = 500;
/** Generous: it ends a broken run, nothing else. */
const responseMsMax = 60_000;

const owner = await startAdministeredMuster({ settings: { MUSTER_PASSWORD_GRANT: 'true' } });
// The process is measured alone: the database, and what the drafts need, belong to another one.
const service = await startNodeProcess(owner, {
  MUSTER_ADMIN_SECRET: owner.adminSecret,
  MUSTER_PASSWORD_GRANT: 'true',
});
after(() => service.kill());
const drafts = await makeDrafts();

test('no changed request crashes the service, is answered with a fault of the service, or takes its memory', async (t) => {
  const statuses = new Map<number, number>();
  const peak = service.watchMemory();
  await fc.assert(
    fc.asyncProperty(fuzzedRequest(drafts), async (request) => {
      const status = checkResponses(await exchange(request));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      assert.ok(service.isRunning(), 'the service has ended');
    }),
    { numRuns, ...(seed !== undefined && { seed }) },
  );
  const counts = [...statuses].sort(([one], [other]) => one - other);
  t.diagnostic(
    `status and count (0: closed without one): ${counts.map((pair) => pair.join(': ')).join(', ')}`,
  );
  const bytes = peak();
  t.diagnostic(`peak memory: ${Math.round(bytes / 1024 / 1024)} MiB`);
  assert.ok(bytes < memoryMax);
  assert.equal(service.complaints(), '');
  assert.equal((await fetch(`${service.url}/health/ready`)).status, 200);
});

/** Every request of the document's examples, as one of the first partner's applications or as an administrator. */
async function makeDrafts(): Promise<Draft[]> {
  const document = (await (await fetch(`${owner.url}/openapi.json`)).json()) as OpenApiDocument;
  const world = await newExampleWorld(owner, { batchId: 'Fuzzed batch', devices: 2 });
  const signIn = await newSignIn(owner);
  const token = await owner.token();
  const administration = ['/partners', '/applications', '/users', '/customers', '/signing-keys'].map((path) =>
    toDraft({ method: 'GET', target: `/admin/v1${path}`, token: owner.adminSecret }),
  );
  const pages = ['/', '/reference', '/devicelogin', '/common/oauth2/v2.0/authorize?client_id=x'].map(
    (target) => toDraft({ method: 'GET', target }),
  );
  return [
    ...replayedRequests(document).map((request) => {
      const isSignIn = request.operation.tags.includes('Tokens');
      return readExample(request, isSignIn ? signIn : world, isSignIn ? undefined : token);
    }),
    ...administration,
    ...pages,
  ];
}

function readExample(request: ReplayedRequest, world: Replacements, token: string | undefined): Draft {
  const put = (text: string): string =>
    world.reduce((result, [example, real]) => result.replaceAll(example, real), text);
  const query = new URLSearchParams(request.query).toString();
  const { body } = request;
  const isForm = body?.type === 'application/x-www-form-urlencoded';
  const text = isForm
    ? new URLSearchParams(body.value as Record<string, string>).toString()
    : JSON.stringify(body?.value);
  return toDraft({
    method: request.method,
    target: put(request.path) + (query && `?${query}`),
    token,
    headers: Object.entries(request.headers).map(([name, value]) => [name, put(value)]),
    ...(body && { type: body.type, body: put(text) }),
  });
}

function toDraft(of: {
  method: string;
  target: string;
  token?: string | undefined;
  headers?: [string, string][];
  type?: string;
  body?: string;
}): Draft {
  return {
    method: of.method,
    target: of.target,
    headers: [
      ...(of.token === undefined ? [] : [['Authorization', `Bearer ${of.token}`] as const]),
      ...(of.type === undefined ? [] : [['Content-Type', of.type] as const]),
      ...(of.headers ?? []),
    ],
    body: Buffer.from(of.body ?? ''),
  };
}

/** Sends the bytes, and nothing after them; gives all that came back before the service closed. */
async function exchange(request: Buffer): Promise<string> {
  const socket = connect({ port: Number(new URL(service.url).port), host: '127.0.0.1' });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // The service may close while bytes are on their way to it.
  socket.on('error', () => {});
  socket.write(request);
  socket.setTimeout(silenceMs, () => socket.end());
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    socket.destroy();
  }, responseMsMax);
  await new Promise((resolve) => socket.once('close', resolve));
  clearTimeout(late);
  assert.ok(!isLate, 'the service neither answers nor closes');
  return Buffer.concat(chunks).toString('latin1');
}

/** Checks every response on the connection; gives the last one's status, 0 when there is none. */
function checkResponses(received: string): number {
  assert.doesNotMatch(received, /\bat \S+ \(?(file|node):|syntax error at or near|\bpg_catalog\b/);
  let last = 0;
  for (let rest = received; rest !== '';) {
    const [head = ''] = rest.split('\r\n\r\n', 1);
    const length = Number(/^content-length: (\d+)\r?$/im.exec(head)?.[1] ?? rest.length);
    const body = rest.slice(head.length + 4, head.length + 4 + length);
    rest = rest.slice(head.length + 4 + length);
    last = checkResponse(head, body);
  }
  return last;
}

function checkResponse(head: string, body: string): number {
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
  const isAway = status === 503 && /^retry-after: \d+\r?$/im.test(head);
  assert.ok(status < 500 || isAway, `${head}\n${body.slice(0, 2000)}`);
  if (status >= 400 && body !== '' && /^content-type: application\/json/im.test(head)) checkFault(body);
  return status;
}

/** A fault of Partner Center's API, an OAuth error, or a problem of the administration API. */
function checkFault(body: string): void {
  const fault = JSON.parse(body) as Record<string, unknown>;
  const isFault = /^\d+$/.test(String(fault.code)) && typeof fault.description === 'string';
  assert.ok(
    isFault || typeof fault.error === 'string' || typeof fault.title === 'string',
    body.slice(0, 500),
  );
}
