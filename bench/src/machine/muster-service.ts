import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The part of credentials.json that load needs. */
export interface Credentials {
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly customerId: string;
}

/** The service in a process of its own, as operators run it, logging to a file. */
export interface MusterService {
  readonly port: number;
  readonly pid: number;
  readonly credentials: Credentials;
  token(): Promise<string>;
  stop(): Promise<void>;
}

export interface MusterOptions {
  /** Its data directory. */
  readonly directory: string;
  readonly databaseUrl: string;
  /** Settings by their environment names. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Of the service that founded this database's registry, for a second one or one on a copy. */
  readonly credentials?: Credentials;
}

const credentialsName = 'credentials.json';

/** Requests are counted as ever, and never refused: one client sends here what thousands do elsewhere. */
const rateLimits = {
  MUSTER_PARTNER_REQUESTS_PER_MINUTE: '1000000000',
  MUSTER_CUSTOMER_REQUESTS_PER_MINUTE: '1000000000',
};

/** What operators start. */
export const serviceMain = fileURLToPath(new URL('../../../server/src/boot/main.ts', import.meta.url));

/** Starts the service and waits until it is ready. Throws with the end of its log when it is not. */
export async function startMuster(options: MusterOptions): Promise<MusterService> {
  const { directory } = options;
  if (options.credentials) {
    await writeFile(join(directory, credentialsName), JSON.stringify(options.credentials), { mode: 0o600 });
  }
  const port = await freePort();
  const logFile = join(directory, 'service.log');
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [serviceMain, '--port', String(port), '--data-dir', directory], {
    // Nothing of the caller's own settings may reach the service.
    env: { PATH: process.env.PATH, ...rateLimits, ...options.settings, DATABASE_URL: options.databaseUrl },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  try {
    await waitUntilReady(child, port, 5);
  } catch (error) {
    throw new Error(`The service did not start: ${(await readFile(logFile, 'utf8')).slice(-2000)}`, {
      cause: error,
    });
  }
  const credentials = await readCredentials(directory);
  return {
    port,
    pid: child.pid ?? 0,
    credentials,
    token: () => requestToken(`http://127.0.0.1:${port}`, credentials),
    stop: () => end(child),
  };
}

/** Resolves at a service's first 200; asks every `pollMs`. Throws when the process ends before. */
export async function waitUntilReady(child: ChildProcess, port: number, pollMs: number): Promise<void> {
  while (!(await isReady(port))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error('The service ended while it started.');
    await setTimeout(pollMs);
  }
}

/** What a new data directory's service writes, a moment after its port opens. */
export async function readCredentials(directory: string): Promise<Credentials> {
  for (;;) {
    const text = await readFile(join(directory, credentialsName), 'utf8').catch(() => '');
    if (text.trimEnd().endsWith('}')) return JSON.parse(text) as Credentials;
    await setTimeout(2);
  }
}

/** Asks a process to stop, and waits until it has. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** Whether a service says it is ready for work. */
async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health/ready`).then(
    (response) => response.ok,
    () => false,
  );
}

/** A token by client credentials. */
export async function requestToken(baseUrl: string, credentials: Credentials): Promise<string> {
  const response = await fetch(`${baseUrl}/${credentials.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      scope: 'https://api.partnercenter.microsoft.com/.default',
    }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (body.access_token === undefined)
    throw new Error(`The service gave no token: status ${response.status}.`);
  return body.access_token;
}

/** A TCP port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('The machine has no free port.');
  return address.port;
}
