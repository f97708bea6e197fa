import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectionUrl } from '@muster/embedded-postgres';

const main = fileURLToPath(new URL('../../server/src/boot/main.ts', import.meta.url));
/** All nodes issue tokens by this name, so that one token is good for each of them. */
const publicUrl = 'http://muster.torture';

export interface ServiceOptions {
  readonly dataDirectory: string;
  /** Settings by their environment names. Without DATABASE_URL the service starts a PostgreSQL of its own. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Put before the command. */
  readonly prefix?: readonly string[];
}

/** One node of the service in a process of its own, which can be killed, frozen and started again at the same address. */
export class Service {
  readonly dataDirectory: string;
  readonly url: string;
  readonly #options: ServiceOptions;
  readonly #port: number;
  #child: ChildProcess | undefined;
  #errors = '';

  private constructor(options: ServiceOptions, port: number) {
    this.#options = options;
    this.#port = port;
    this.dataDirectory = options.dataDirectory;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(options: ServiceOptions): Promise<Service> {
    const service = new Service(options, await findFreePort());
    await service.start();
    return service;
  }

  get pid(): number {
    return this.#child?.pid ?? Number.NaN;
  }

  /** Starts the process and waits until it is ready. */
  async start(): Promise<void> {
    const { dataDirectory, settings, prefix = [] } = this.#options;
    const command = [process.execPath, main, '--port', String(this.#port), '--data-dir', dataDirectory];
    const [program = '', ...args] = [...prefix, ...command];
    const child = spawn(program, args, {
      env: {
        PATH: process.env.PATH,
        MUSTER_PUBLIC_URL: publicUrl,
        MUSTER_CLAIM_CUSTOMERS: 'true',
        MUSTER_LOG_LEVEL: 'warn',
        ...settings,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#errors = '';
    child.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.#child = child;
    while (!(await this.isReady())) {
      if (child.exitCode !== null) throw new Error(`The service ended: ${this.#errors}`);
      await delay(20);
    }
  }

  isReady(): Promise<boolean> {
    return fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5000) }).then(
      async (response) => (await response.arrayBuffer()) && response.ok,
      () => false,
    );
  }

  /** SIGKILL, SIGTERM: resolves when the process is gone. SIGSTOP, SIGCONT: at once. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    if (signal === 'SIGKILL' || signal === 'SIGTERM') await ended;
  }

  /** The process of the embedded PostgreSQL. */
  async postmasterPid(): Promise<number> {
    return Number.parseInt(
      await readFile(join(this.dataDirectory, 'postgres', 'postmaster.pid'), 'utf8'),
      10,
    );
  }

  /** How to connect to the embedded PostgreSQL. */
  embeddedUrl(): Promise<string> {
    return embeddedUrl(this.dataDirectory);
  }

  /** A token of the first application, whose secret the first start wrote down. */
  async requestToken(credentialsDirectory = this.dataDirectory): Promise<string> {
    const text = await readFile(join(credentialsDirectory, 'credentials.json'), 'utf8');
    const { tenantId, clientId, clientSecret } = JSON.parse(text) as Record<string, string>;
    const response = await fetch(`${this.url}/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId ?? '',
        client_secret: clientSecret ?? '',
        scope: 'https://graph.windows.net/.default',
      }),
    });
    const body = (await response.json()) as { access_token?: string };
    if (!body.access_token) throw new Error(`No token: ${JSON.stringify(body)}`);
    return body.access_token;
  }
}

/** How to connect to the embedded PostgreSQL of a data directory. */
export async function embeddedUrl(dataDirectory: string): Promise<string> {
  const password = (await readFile(join(dataDirectory, 'postgres-password'), 'utf8')).trim();
  const host = join(dataDirectory, 'postgres');
  return connectionUrl({ host, port: 5432, user: 'muster', password, database: 'muster' });
}

const releases: (() => Promise<unknown>)[] = [];

/** To be done when the fault is over, the last first. */
export function afterFault(release: () => Promise<unknown>): void {
  releases.push(release);
}

export async function releaseAll(): Promise<void> {
  for (let release = releases.pop(); release; release = releases.pop()) await release();
}

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'muster-torture-'));
  afterFault(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

/** A service that is stopped when the fault is over. */
export async function startService(options: Partial<ServiceOptions> = {}): Promise<Service> {
  const dataDirectory = options.dataDirectory ?? (await temporaryDirectory());
  const service = await Service.start({ ...options, dataDirectory });
  afterFault(async () => {
    await service.signal('SIGCONT');
    await service.signal('SIGTERM');
  });
  return service;
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
