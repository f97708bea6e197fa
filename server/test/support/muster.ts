import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { readConfig, startServer, type Credentials } from '../../src/boot/start-service.ts';
import { openDatabase, type Database } from '../../src/store/database.ts';
import { createTestDatabase } from './test-database.ts';

/** A real Muster on a free port, on a database of its own, in this process. */
export interface TestMuster {
  readonly url: string;
  readonly credentials: Credentials;
  /** The same database, for looking at what was stored. */
  readonly database: Database;
  readonly databaseUrl: string;
  /** Lines of the service's log, as objects. */
  readonly logLines: Record<string, unknown>[];
  /** An access token for the first application. */
  token(): Promise<string>;
  /** A request with a fresh token; `body` that is no string goes as JSON. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  /** Waits until a job is finished; gives its last status. */
  finished(location: string): Promise<BatchStatus>;
  /** Opens the console signed in as the first user, once. */
  newSignInLink(): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Default: the first application's; `''` sends none. */
  readonly token?: string;
}

/** The members of a batch job's status that tests look at. */
export interface BatchStatus {
  readonly batchTrackingId: string;
  readonly status: string;
  readonly startedTime?: string;
  readonly completedTime?: string;
  readonly devicesStatus: readonly Record<string, unknown>[];
  readonly progress: { total: number; processed: number; succeeded: number; failed: number };
}

export interface TestMusterOptions {
  /** Settings by their environment names, beside the defaults of tests. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly now?: () => Date;
  /** What limits are timed with. Default: `now`. */
  readonly elapsedMs?: () => number;
  /** An existing database instead of a new one: a second node. */
  readonly databaseUrl?: string;
}

/** Starts a Muster; it is closed after the tests of the file at the latest. */
export async function startTestMuster(options: TestMusterOptions = {}): Promise<TestMuster> {
  const testDatabase = options.databaseUrl === undefined ? await createTestDatabase() : undefined;
  const databaseUrl = options.databaseUrl ?? testDatabase?.url ?? '';
  const dataDirectory = await mkdtemp(join(tmpdir(), 'muster-test-'));
  const logLines: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'debug' },
    { write: (line: string) => void logLines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const config = readConfig({
    environment: {
      DATABASE_URL: databaseUrl,
      MUSTER_PORT: '0',
      MUSTER_DATA_DIR: dataDirectory,
      MUSTER_CLAIM_CUSTOMERS: 'true',
      ...options.settings,
    },
  });
  const { now } = options;
  const elapsedMs = options.elapsedMs ?? (now && (() => now().getTime()));
  const server = await startServer(config, { log, ...(now && { now }), ...(elapsedMs && { elapsedMs }) });
  const database = openDatabase({ connectionString: databaseUrl, max: 2 });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      await server.close();
      await database.pool.end();
      await testDatabase?.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    })();
    return closing;
  };
  after(close);
  const credentials = server.credentials ?? { ...noCredentials, baseUrl: server.url, authority: server.url };
  const token = rememberToken({ ...credentials, authority: server.url });
  const call = async (method: string, path: string, call: CallOptions = {}): Promise<Response> =>
    request(server.url + path, method, { ...call, token: call.token ?? (await token()) });
  return {
    url: server.url,
    credentials,
    database,
    databaseUrl,
    logLines,
    token,
    call,
    finished: (location) => pollUntilFinished(call, location),
    newSignInLink: () => server.newSignInLink(),
    close,
  };
}

/** A second node has no credentials of its own: use the first one's. */
const noCredentials: Credentials = {
  baseUrl: '',
  authority: '',
  tenantId: '',
  clientId: '',
  clientSecret: '',
  customerId: '',
};

/** A token by client credentials, as a client gets one. */
export async function requestToken(
  credentials: Omit<Credentials, 'baseUrl' | 'customerId'>,
): Promise<string> {
  const response = await fetch(`${credentials.authority}/${credentials.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      scope: 'https://api.partnercenter.microsoft.com/.default',
    }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (body.access_token === undefined) throw new Error(`No token: ${JSON.stringify(body)}`);
  return body.access_token;
}

function rememberToken(credentials: Credentials): () => Promise<string> {
  let token: Promise<string> | undefined;
  return () => (token ??= requestToken(credentials));
}

async function request(
  url: string,
  method: string,
  { body, headers, token }: CallOptions,
): Promise<Response> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  return fetch(url, {
    method,
    redirect: 'error',
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && {
      body: isRaw ? (body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(body),
    }),
  });
}

/** Jobs take milliseconds, on a machine busy with much else seconds; a test that waits longer has found a fault. */
const jobMsMax = 120_000;

async function pollUntilFinished(call: TestMuster['call'], location: string): Promise<BatchStatus> {
  const deadline = Date.now() + jobMsMax;
  for (;;) {
    const response = await call('GET', `/v1${location}`);
    const status = (await response.json()) as BatchStatus;
    if (status.status.startsWith('finished')) return status;
    if (Date.now() > deadline) throw new Error(`Job ${location} is still ${status.status}.`);
    // Reading it again at once would take the processor from the job.
    await delay(5);
  }
}

/** A customer id nobody has used. */
export function newCustomerId(): string {
  return randomUUID();
}
